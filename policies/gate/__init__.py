"""What keeps entries of this app from being published."""

from policies.gate import clause_links, policy, programme, service

__all__ = ["clause_links", "policy", "programme", "service"]
