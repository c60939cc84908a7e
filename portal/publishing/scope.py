"""Which rows a member of staff sees, and which they may point to: the rules of `rights` as conditions on rows, without queries."""

from collections.abc import Collection
from typing import Any

from django.db.models import Field, Model, Q, QuerySet

from portal.publishing.models import Child, Edition, Publishable, State
from portal.publishing.rights import EDITORS, READERS, owner_key, sees_everything
from portal.staff.models import Role, User
from portal.staff.permissions import WRITERS
from portal.staff.roles import holds, region_model, tops

NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING


def visible_to(rows: QuerySet[Any], user: User) -> QuerySet[Any]:
    """The rows the user may see in the admin, each once; no query besides the user's roles."""
    return rows.filter(visible(rows.model, user))


def visible(model: type[Model], user: User) -> Q:
    return EVERYTHING if sees_everything(user) else _seen_by(model, user, READERS)


def pickable(field: Any, user: User) -> Q:
    """The rows a relation may be set to: identities only, of the regions the user writes for, or shared with them.

    Shared are public rows of a region above that apply below, and every public region. A relation that decides who owns
    a row is limited to regions the user may create in, and entries the user may edit.
    """
    model = field.remote_field.model
    live = Q(copy_of__isnull=True)
    if issubclass(field.model, Child) and field.name == field.model.parent_field:
        return _editable(model, user)
    if _names_owner(field):
        return live & _in_regions(model, "", tops(user, WRITERS))
    if tops(user, EDITORS) is None:
        return live
    return live & (_seen_by(model, user, EDITORS) | Q(pk__in=_shared(model, user).values("pk")))


def _names_owner(field: "Field[Any, Any]") -> bool:
    if field.model is region_model():
        return field.name == "parent"
    return issubclass(field.model, Publishable) and field.name == "region"


def _shared(model: Any, user: User) -> Any:
    public = model._default_manager.in_public_state()
    if model is region_model():
        return public
    return public.filter(region__in=_regions_above(tops(user, WRITERS) or ()), applies_below=True)


def _seen_by(model: type[Model], user: User, roles: Collection[str]) -> Q:
    """All of the regions in which the user holds one of the roles, and what contributors see in theirs."""
    path = entry_path(model)
    own = Q(**{f"{path}created_by": user.pk})
    shown = Q(**{f"{path}state": State.PUBLISHED, f"{path}copy_of__isnull": True})
    contributed = _in_regions(model, path, tops(user, {Role.CONTRIBUTOR}))
    return _in_regions(model, path, tops(user, roles)) | (contributed & (own | shown))


def readable_editions(entry: Any, user: User) -> Any:
    """What the user may read of an entry's history: a contributor the publications, and the saves of rows of their own."""
    editions = Edition.objects.of(entry)
    if sees_everything(user) or holds(user, READERS, owner_key(entry)):
        return editions
    own = type(entry)._base_manager.filter(uuid=entry.uuid, created_by=user.pk)
    return editions.filter(Q(number__isnull=False) | Q(entry_id__in=own.values("pk")))


def writable(model: type[Model], user: User) -> Q:
    """What the user writes on by role, region and authorship, whatever its state."""
    own = Q(**{f"{entry_path(model)}created_by": user.pk})
    return held_in(model, user, EDITORS) | (held_in(model, user, {Role.CONTRIBUTOR}) & own)


def held_in(model: type[Model], user: User, roles: Collection[str]) -> Q:
    """The rows that lie where the user holds one of the roles."""
    return _in_regions(model, entry_path(model), tops(user, roles))


def _editable(model: type[Model], user: User) -> Q:
    draft = Q(state=State.DRAFT)
    written = _in_regions(model, "", tops(user, EDITORS)) & draft
    return written | (_in_regions(model, "", tops(user, {Role.CONTRIBUTOR})) & draft & Q(created_by=user.pk))


def entry_path(model: type[Model]) -> str:
    """The lookup that leads from a row to its entry, such as `policy__`."""
    if issubclass(model, Child):
        return f"{model.parent_field}__"
    if issubclass(model, Publishable):
        return ""
    raise TypeError(f"{model.__name__} belongs to no region")


def _in_regions(model: type[Model], path: str, keys: frozenset[int] | None) -> Q:
    """In one of the regions or below; None stands for the whole site. A working copy of a region lies where the region does."""
    if keys is None:
        return EVERYTHING
    if not keys:
        return NOTHING
    below = regions_below(keys)
    entry: Any = model._meta.get_field(path[:-2]).related_model if path else model
    if entry is region_model():
        return Q(**{f"{path}pk__in": below}) | Q(**{f"{path}copy_of__in": below})
    return Q(**{f"{path}region__in": below})


def regions_below(keys: Collection[int]) -> QuerySet[Any]:
    """The regions and those under them; the tree has four levels."""
    below = Q(pk__in=keys) | Q(parent__in=keys) | Q(parent__parent__in=keys) | Q(parent__parent__parent__in=keys)
    return region_model()._base_manager.filter(below, copy_of__isnull=True).values("pk")


def _regions_above(keys: Collection[int]) -> QuerySet[Any]:
    above = Q(children__in=keys) | Q(children__children__in=keys) | Q(children__children__children__in=keys)
    return region_model()._base_manager.filter(above).values("pk")
