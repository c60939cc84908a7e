"""What a relation may be set to, and how the choices are called."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from portal.publishing.models import Publishable
from portal.publishing.scope import pickable


@dataclass(slots=True)
class Picks:
    """The rows one relation offers to one user. `kept`: what is chosen already stays valid, whatever became of it."""

    model: Any
    within: Q
    relations: tuple[str, ...] = ()
    ordering: tuple[str, ...] = ()

    def rows(self, kept: Collection[Any] = ()) -> QuerySet[Any]:
        allowed = self.within | Q(pk__in=kept) if kept else self.within
        rows = self.model._default_manager.filter(allowed).select_related(*self.relations)
        return rows.order_by(*self.ordering) if self.ordering else rows


@dataclass(slots=True)
class Labels:
    """The names of everything chosen in one formset, read by one query at first use."""

    rows: QuerySet[Any]
    chosen: set[str]
    names: dict[str, str] = field(default_factory=dict)
    is_read: bool = False

    def of(self, values: Iterable[str]) -> list[tuple[str, str]]:
        if not self.is_read:
            self.names = {str(row.pk): label(row) for row in self.rows.filter(pk__in=self.chosen)} if self.chosen else {}
            self.is_read = True
        return [(value, self.names[value]) for value in values if value in self.names]


def picks_for(db_field: Any, user: Any, site: AdminSite) -> Picks:
    model = db_field.remote_field.model
    admin: Any = site.get_model_admin(model)
    return Picks(model, pickable(db_field, user), admin.label_relations, tuple(admin.ordering or ()))


def label(row: Any) -> str:
    """What a picker calls a row: its name, whose it is and whether it is public; its relations must be loaded."""
    if not isinstance(row, Publishable):
        return str(row)
    state = row.get_state_display()
    owner = row.region
    if owner is row:
        return _("%(name)s（%(state)s）") % {"name": row, "state": state}
    return _("%(name)s（%(region)s，%(state)s）") % {"name": row, "region": owner, "state": state}


def is_publishable(model: type[Model]) -> bool:
    return issubclass(model, Publishable)
