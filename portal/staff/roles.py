"""Which roles a person holds where. A role in a region counts in the regions below it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.staff.models import RoleGrant, User

EVERYWHERE = None
"""Stands for the whole site where a region is asked for."""


@dataclass(frozen=True, slots=True)
class Place:
    """A region as rights see it: its name, and the keys of itself and of the regions above it."""

    name: str
    line: frozenset[int]


def grant_in(user: User, roles: Collection[str], region: int | None) -> RoleGrant | None:
    """The grant by which a person holds one of the roles in a region (its key), or None; at most one query besides the grants."""
    held = [grant for grant in user.grants_now() if grant.role in roles]
    direct = [grant for grant in held if grant.region_id in {EVERYWHERE, region}]
    if direct or not held or region is EVERYWHERE:
        return direct[0] if direct else None
    line = place_of(user, region).line
    return next((grant for grant in held if grant.region_id in line), None)


def holds(user: User, roles: Collection[str], region: int | None) -> bool:
    return grant_in(user, roles, region) is not None


def tops(user: User, roles: Collection[str]) -> frozenset[int] | None:
    """The keys of the regions a person holds one of the roles in, without those below; None for the whole site."""
    held = {grant.region_id for grant in user.grants_now() if grant.role in roles}
    return None if EVERYWHERE in held else frozenset(key for key in held if key is not None)


def usual_region(user: User) -> int | None:
    """The region of a person who has roles in one only."""
    regions = {grant.region_id for grant in user.grants_now()}
    return next(iter(regions)) if len(regions) == 1 else None


def role_lines(user: User) -> list[str]:
    """What a person may do, for people to read."""
    administrator = [_("网站管理员")] if user.is_superuser else []
    return administrator + [str(grant) for grant in user.grants_now()]


def place_of(user: User, region: int) -> Place:
    """One query for each region, kept with the user in hand; the tree has four levels."""
    known: dict[int, Place] = user.__dict__.setdefault("_places", {})
    if region not in known:
        above = ("parent", "parent__parent", "parent__parent__parent")
        rows = region_model()._base_manager.filter(pk=region).values_list("short_name", "pk", *above)
        name, *line = next(iter(rows), ("", region))
        known[region] = Place(name, frozenset(key for key in line if key is not None))
    return known[region]


def region_model() -> Any:
    return RoleGrant._meta.get_field("region").related_model
