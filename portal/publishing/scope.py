"""Which rows a member of staff may edit, and which they may point to. Admin lists, pickers and actions all ask here.

A user without a region, or a superuser, works everywhere; any other works in their region and the regions below it.
"""

from typing import Any

from django.db.models import Field, Model, Q, QuerySet

from portal.publishing.models import Child, Publishable
from portal.staff.models import User


def is_everywhere(user: Any) -> bool:
    return bool(user.is_superuser) or user.region_id is None


def scope(rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """The rows the user may see in the admin and edit; adds no query."""
    return rows.filter(in_scope(rows.model, user))


def in_scope(model: type[Model], user: Any) -> Q:
    if is_everywhere(user):
        return Q()
    return Q(**{f"{owner_path(model)}__in": _regions_below(user)})


def may_edit(row: Any, user: Any) -> bool:
    """Whether a stored row lies in the user's regions; one query for a user with a region."""
    return is_everywhere(user) or scope(type(row)._base_manager.filter(pk=row.pk), user).exists()


def pickable(field: Any, user: Any) -> Q:
    """The rows a relation may be set to: identities only, of the user's own regions, or shared with them.

    Shared are public rows of a region above that apply below, and every public region. A relation that decides who owns
    a row (its region, the entry of a child) stays within what the user may edit.
    """
    model = field.remote_field.model
    live = Q(copy_of__isnull=True)
    if is_everywhere(user) or _decides_owner(field):
        return live & in_scope(model, user)
    public = model._default_manager.in_public_state()
    if model is not _region_model():
        public = public.filter(region__in=_regions_above(user), applies_below=True)
    return live & (in_scope(model, user) | Q(pk__in=public.values("pk")))


def owner_path(model: type[Model]) -> str:
    """The lookup that leads from a row to the region that owns it."""
    if model is _region_model():
        return "pk"
    if issubclass(model, Child):
        parent: Any = model._meta.get_field(model.parent_field).related_model
        return f"{model.parent_field}__{owner_path(parent)}"
    if issubclass(model, Publishable):
        return "region"
    raise TypeError(f"{model.__name__} belongs to no region")


def _decides_owner(field: "Field[Any, Any]") -> bool:
    if field.model is _region_model():
        return field.name == "parent"
    if issubclass(field.model, Child):
        return field.name == field.model.parent_field
    return issubclass(field.model, Publishable) and field.name == "region"


def _region_model() -> Any:
    return User._meta.get_field("region").related_model


def _regions_below(user: Any) -> QuerySet[Any]:
    """The user's region and those under it; the tree has four levels."""
    top = user.region_id
    below = Q(pk=top) | Q(parent=top) | Q(parent__parent=top) | Q(parent__parent__parent=top)
    return _region_model()._base_manager.filter(below).values("pk")


def _regions_above(user: Any) -> QuerySet[Any]:
    own = user.region_id
    above = Q(children=own) | Q(children__children=own) | Q(children__children__children=own)
    return _region_model()._base_manager.filter(above).values("pk")
