"""Registered in the order of the menu."""

from policies.admin.policy import PolicyAdmin
from policies.admin.benefit import BenefitAdmin  # isort: skip
from policies.admin.service import ServiceAdmin  # isort: skip
from policies.admin.service_point import ServicePointAdmin  # isort: skip

__all__ = ["BenefitAdmin", "PolicyAdmin", "ServiceAdmin", "ServicePointAdmin"]
