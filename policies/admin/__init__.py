"""Registered in the order of the menu."""

# isort: off
from policies.admin.policy import PolicyAdmin

from policies.admin.benefit import BenefitAdmin
from policies.admin.service import ServiceAdmin
from policies.admin.service_point import ServicePointAdmin
from policies.admin.programme import ProgrammeAdmin
# isort: on

__all__ = ["BenefitAdmin", "PolicyAdmin", "ProgrammeAdmin", "ServiceAdmin", "ServicePointAdmin"]
