"""What is being written: the drafts and working copies of a person, and those that came back."""

from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery

from portal.publishing.desk.branch import branch, entry_types, person
from portal.publishing.models import Review, State, SubmissionItem
from portal.publishing.scope import writable
from portal.staff.models import User


def drafts(user: User) -> list[QuerySet[Any]]:
    """Drafts and working copies the person began or wrote on last, as long as they may still write there."""
    own = Q(created_by=user.pk) | Q(updated_by=user.pk)
    return [branch(_drafts(model, user).filter(own), when=F("updated_at")) for model in entry_types()]


def returned(user: User) -> list[QuerySet[Any]]:
    """Drafts the person wrote on whose last submission came back, with the reason and who gave it."""
    return [_returned(model, user) for model in entry_types()]


def _returned(model: Any, user: User) -> QuerySet[Any]:
    mine = SubmissionItem.objects.written_by(user.pk).filter(entry_type=model.type_label(), entry_id=OuterRef("pk"))
    later = SubmissionItem.objects.filter(entry_type=model.type_label(), entry_id=OuterRef("entry_id"), pk__gt=OuterRef("pk"))
    last = mine.filter(~Exists(later), state=SubmissionItem.State.RETURNED)
    reviews = Review.objects.filter(
        entry_type=model.type_label(), entry_uuid=OuterRef("uuid"), verdict=Review.Verdict.RETURNED, item__entry_id=OuterRef("pk")
    ).order_by("-pk")
    return branch(
        _drafts(model, user).filter(Exists(last)),
        when=Subquery(reviews.values("at")[:1]),
        note=Subquery(reviews.values("opinion")[:1], output_field=CharField()),
        who=Subquery(reviews.annotate(named=person("by")).values("named")[:1], output_field=CharField()),
    )


def _drafts(model: Any, user: User) -> QuerySet[Any]:
    return model._base_manager.filter(writable(model, user), state=State.DRAFT)
