"""What a date brings: changes that wait for theirs, ends that come near, entries to verify again."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils import timezone

from portal.publishing.desk.branch import NO_TEXT, branch, ending_types, entry_types
from portal.publishing.models import State, WorkingCopy, in_public_state
from portal.publishing.rights import EDITORS
from portal.publishing.scope import entry_path, held_in, visible, writable
from portal.staff.models import User
from portal.staff.permissions import WRITERS
from portal.staff.roles import tops

SOON = timedelta(days=30)


def scheduled(user: User) -> list[QuerySet[Any]]:
    """Changes and new entries that wait for their date; first those that could not be applied.

    Who only reads sees those with a problem: somebody must know.
    """
    return [_scheduled(model, user, timezone.now()) for model in entry_types()]


def ending(user: User) -> list[QuerySet[Any]]:
    """Entries that go off the site within a month, and the last days that their texts name."""
    at = timezone.now()
    gone = [_gone(model, user, at) for model in entry_types()]
    return gone + [_ending(model, name, user, at) for model in ending_types() for name in model.ending_columns]


def to_verify(user: User) -> list[QuerySet[Any]]:
    """`is_due_for_verification` as a query; never verified ones first, then those overdue the longest."""
    return [_to_verify(model, user, timezone.now()) for model in entry_types()]


def is_writer(user: User) -> bool:
    return tops(user, WRITERS) != frozenset()


def _scheduled(model: Any, user: User, at: datetime) -> QuerySet[Any]:
    about = WorkingCopy.objects.filter(entry_type=model.type_label(), entry_id=OuterRef("pk"))
    problem = Coalesce(Subquery(about.values("problem")[:1], output_field=CharField()), NO_TEXT)
    applied = Subquery(about.values("apply_at")[:1], output_field=DateTimeField())
    rows = model._base_manager.alias(problem=problem)
    if tops(user, EDITORS) == frozenset():
        rows = rows.filter(visible(model, user), ~Q(problem=""), state=State.SCHEDULED)
    else:
        new = Q(state=State.PUBLISHED, copy_of__isnull=True, visible_from__gt=at)
        rows = rows.filter(held_in(model, user, EDITORS), Q(state=State.SCHEDULED) | new)
    rank = Case(When(problem="", then=Value(1)), default=Value(0), output_field=IntegerField())
    return branch(rows, when=Coalesce(applied, F("visible_from")), rank=rank, note=F("problem"))


def _gone(model: Any, user: User, at: datetime) -> QuerySet[Any]:
    rows = model._base_manager.filter(writable(model, user), in_public_state(at), visible_until__lte=at + SOON)
    return branch(rows, when=TruncDate("visible_until"), note=_label(model, "visible_until"))


def _ending(model: Any, name: str, user: User, at: datetime) -> QuerySet[Any]:
    today = timezone.localdate(at)
    rows = model._base_manager.filter(writable(model, user), in_public_state(at, entry_path(model)))
    return branch(rows.filter(**{f"{name}__range": (today, today + SOON)}), when=F(name), note=_label(model, name))


def _to_verify(model: Any, user: User, at: datetime) -> QuerySet[Any]:
    reach = writable(model, user) if is_writer(user) else visible(model, user)
    days = Cast(F("review_every_days"), IntegerField())
    period = ExpressionWrapper(days * Value(timedelta(days=1), DurationField()), DurationField())
    day = Cast(ExpressionWrapper(F("last_verified_on") + period, DateTimeField()), DateField())
    rows = model._base_manager.filter(reach, in_public_state(at), review_every_days__isnull=False).alias(due_on=day)
    due = Q(last_verified_on__isnull=True) | Q(due_on__lte=timezone.localdate(at))
    rank = Case(When(last_verified_on__isnull=True, then=Value(0)), default=Value(1), output_field=IntegerField())
    return branch(rows.filter(due), when=F("due_on"), rank=rank)


def _label(model: Any, name: str) -> Value:
    return Value(str(model._meta.get_field(name).verbose_name), CharField())
