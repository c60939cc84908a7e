from policies.models.benefit import Benefit
from policies.models.clause import Clause
from policies.models.policy import Policy
from policies.models.policy_issuer import PolicyIssuer
from policies.models.policy_relation import PolicyRelation
from policies.models.programme import Programme
from policies.models.service import Service
from policies.models.service_basis import ServiceBasis
from policies.models.service_material import ServiceMaterial
from policies.models.service_point import ServicePoint
from policies.models.service_step import ServiceStep

__all__ = [
    "Benefit",
    "Clause",
    "Policy",
    "PolicyIssuer",
    "PolicyRelation",
    "Programme",
    "Service",
    "ServiceBasis",
    "ServiceMaterial",
    "ServicePoint",
    "ServiceStep",
]
