"""What waits for a reviewer or a publisher: items of submissions."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from portal.publishing.desk.branch import NO_TEXT, item_branch, person
from portal.publishing.models import SubmissionItem, WorkingCopy
from portal.publishing.rights import PUBLISHERS, READERS, sees_everything
from portal.publishing.scope import EVERYTHING, NOTHING, regions_below
from portal.staff.models import Role, User
from portal.staff.roles import tops

REVIEWERS = frozenset({Role.REVIEWER, Role.PUBLISHER})


def to_review(user: User) -> list[QuerySet[Any]]:
    """`why_not_approve` as a query: waiting, in a region of theirs, not written by them, the step before not theirs."""
    return [item_branch(reviewable(user), when=F("submission__created_at"), note=F("submission__note"), who=_sender())]


def to_publish(user: User) -> list[QuerySet[Any]]:
    """Without those that have a date already."""
    rows = SubmissionItem.objects.filter(lies_where(user, PUBLISHERS), state=SubmissionItem.State.APPROVED)
    dated = WorkingCopy.objects.filter(entry_type=OuterRef("entry_type"), entry_id=OuterRef("entry_id"), apply_at__isnull=False)
    rows = rows.filter(~Exists(dated))
    return [item_branch(rows, when=F("updated_at"), note=NO_TEXT, who=_sender())]


def reviewable(user: User) -> QuerySet[SubmissionItem]:
    rows = SubmissionItem.objects.filter(lies_where(user, REVIEWERS), state=SubmissionItem.State.WAITING)
    return rows.not_written_by(user.pk).exclude(passed__gt=0, last_reviewer=user.pk)


def visible_items(user: User) -> QuerySet[SubmissionItem]:
    """The items whose entries the user sees: all of the regions they read, and as a contributor what they wrote."""
    if sees_everything(user):
        return SubmissionItem.objects.all()
    contributed = SubmissionItem.objects.written_by(user.pk).filter(lies_where(user, {Role.CONTRIBUTOR}))
    return SubmissionItem.objects.filter(lies_where(user, READERS) | Q(pk__in=contributed.values("pk")))


def lies_where(user: User, roles: Any) -> Q:
    """Of a region in which the user holds one of the roles."""
    keys = tops(user, roles)
    if keys is None:
        return EVERYTHING
    return Q(region__in=regions_below(keys)) if keys else NOTHING


def _sender() -> Any:
    return person("submission__created_by")
