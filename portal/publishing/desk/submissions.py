"""Which submissions a person finds in which list; each is called by the first of its entries that the person sees."""

from typing import Any

from django.db.models import Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from portal.publishing.desk.waiting import reviewable, visible_items
from portal.publishing.models import Submission, SubmissionItem
from portal.staff.models import User

STATES = SubmissionItem.State


def submissions(user: User, which: str) -> QuerySet[Any]:
    """`which`: mine, review or all. Counts are of the items the user sees."""
    seen = visible_items(user).order_by()
    rows = Submission.objects.filter(pk__in=seen.values("submission"))
    if which == "mine":
        rows = rows.filter(created_by=user.pk)
    elif which == "review":
        rows = rows.filter(pk__in=reviewable(user).order_by().values("submission"))
    first = seen.filter(submission=OuterRef("pk")).order_by("pk").values("title")[:1]
    return rows.select_related("created_by").annotate(
        first_title=Subquery(first), seen_count=_count(seen), waiting_count=_count(seen, STATES.WAITING),
        approved_count=_count(seen, STATES.APPROVED), returned_count=_count(seen, STATES.RETURNED),
        published_count=_count(seen, STATES.PUBLISHED),
    )  # fmt: skip


def _count(seen: QuerySet[SubmissionItem], *states: str) -> Any:
    rows = seen.filter(Q(state__in=states) if states else Q(), submission=OuterRef("pk"))
    counted = rows.annotate(found=Func("pk", function="COUNT", output_field=IntegerField())).values("found")
    return Coalesce(Subquery(counted), 0)
