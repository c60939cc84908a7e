"""Policies whose validity follows from another's: repealed, replaced or amended by it."""

from typing import Any

from policies.models import Policy, PolicyRelation
from policies.models.policy import REPEALING
from portal.publishing.lifecycle import touch_entry

FORCE = ("force_from", "force_until", "during_force", "after_force")


def targets_of(policy: Policy) -> set[int]:
    """The policies this one repeals, replaces or amends; one query."""
    kinds = (*REPEALING, PolicyRelation.Kind.AMENDS)
    return set(policy.relations.filter(kind__in=kinds).values_list("target_id", flat=True))


def refresh_targets(keys: set[int], *, by: Any) -> None:
    """Condense the validity of these policies again; one that changed for readers is saved as a new version."""
    for policy in Policy.objects.filter(pk__in=keys) if keys else ():
        before = [getattr(policy, name) for name in FORCE]
        policy._condense_force()
        if before != [getattr(policy, name) for name in FORCE]:
            touch_entry(policy, by=by, expected_version=policy.version)
