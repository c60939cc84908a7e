from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db.models import DateTimeField, Exists, OuterRef, Q
from django.db.models.functions import Greatest

from portal.publishing.models import FOREVER, Publishable, PublishableQuerySet, State
from portal.publishing.prepared import prepared
from portal.publishing.timeline import Span, merged, overlap


class UsedQuerySet(PublishableQuerySet):
    """Entries that exist for others (Source, Indicator, Topic): public when a published entry uses them.

    The users are every Publishable with a relation to the type, so a new kind of content joins by declaring its field.
    """

    def published(self, at: datetime | None = None) -> Self:
        return self.in_public_state(at).filter(self.is_used(at))

    def is_used(self, at: datetime | None = None) -> Q:
        """One EXISTS for each type that points here."""
        used = Q(pk__in=[])
        for user, name in users_of(self.model):
            used |= Q(Exists(user.objects.in_public_state(at).filter(**{name: OuterRef("pk")})))
        return used


class PublicWhenUsed:
    """Mixin of the entries a UsedQuerySet reads: when one is public, said for a row in hand."""

    is_public_when_used = True

    def public_spans(self, at: datetime) -> list[Span]:
        own: list[Span] = super().public_spans(at)  # type: ignore[misc]  # -- Publishable's, mixed in behind
        return overlap(own, self.used_spans(at)) if own else []

    def used_spans(self, at: datetime) -> list[Span]:
        """When some entry that uses it is in public state, from a moment on; one query, two if none is there for good."""
        key: int = self.pk  # type: ignore[attr-defined]  # -- the same
        if _lasting(type(self), key=key, at=at):
            return [Span(at, FOREVER)]
        return merged(Span(*row) for row in _uses(type(self), key=key, at=at))


@prepared
def _lasting(model: Any, /, *, key: Any, at: Any) -> Any:
    """The entry, when another uses it from that moment on and for good."""
    found = [Q(Exists(rows.filter(visible_from__lte=at, visible_until=FOREVER))) for rows in _users(model, key, at)]
    return model._base_manager.filter(reduce(or_, found), pk=key).values_list("pk")


@prepared
def _uses(model: Any, /, *, key: Any, at: Any) -> Any:
    first, *others = _users(model, key, at)
    return first.union(*others)


def _users(model: Any, key: Any, at: Any) -> list[Any]:
    return [_in_use(user, at).filter(**{name: key}) for user, name in users_of(model)]


def users_of(model: Any) -> list[tuple[Any, str]]:
    """The types that use a type, and the field by which they do."""
    relations = [(relation.related_model, relation.field.name) for relation in model._meta.related_objects]
    return [(user, name) for user, name in relations if issubclass(user, Publishable) and user is not model]


def _in_use(user: Any, at: Any) -> Any:
    """Windows of entries in public state; those that have begun count as beginning now, so that the many are one."""
    rows = user._base_manager.filter(state=State.PUBLISHED, copy_of=None, visible_until__gt=at).order_by()
    return rows.values_list(Greatest("visible_from", at, output_field=DateTimeField()), "visible_until")
