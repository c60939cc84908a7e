"""What keeps an entry from being published: one set of rules, asked on every path.

A rule is a small function that takes a `Whole` and yields `Problem`s; `@rule(Model, …)` says of which types it is asked,
subclasses included. `findings(entry)` asks them all.
"""

from portal.publishing.gate import completeness, links, words
from portal.publishing.gate.finding import Finding, Problem
from portal.publishing.gate.findings import findings
from portal.publishing.gate.rules import RULES, Rule, rule, rules_of
from portal.publishing.gate.whole import Text, Whole

__all__ = [
    "RULES", "Finding", "Problem", "Rule", "Text", "Whole", "completeness", "findings", "links", "rule", "rules_of", "words",
]  # fmt: skip
