from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.publishing.aggregate import digest, snapshot
from portal.publishing.models import Edition, Publishable, Review, State, Submission, SubmissionItem, WorkingCopy
from portal.publishing.rights import Act
from portal.publishing.workflow.refusal import RefusedError
from portal.publishing.workflow.steps import close, locked, move, open_item, require, require_finished, write_down

MOST = 200
"""Entries handed in together."""


@transaction.atomic
def submit(entries: Iterable[Publishable], *, by: Any, note: str = "", override: str = "") -> Submission:
    """Hand in drafts for review together; from then on their texts are locked.

    `override` is the reason to go on although the gate finds fault.
    """
    rows = [locked(entry) for entry in entries]
    if not 1 <= len(rows) <= MOST:
        raise RefusedError(_("一次送审 1 到 %(most)d 条内容。") % {"most": MOST})
    for row in rows:
        require(by, Act.SUBMIT, row)
        _require_change(row)
    require_finished(rows, override=override)
    submission = Submission.objects.create(title=_title(rows), note=note.strip()[:500], created_by=by)
    for row in rows:
        item = _new_item(submission, row, by)
        move(row, State.REVIEW)
        write_down(Review.Verdict.SUBMITTED, row, item, by=by, opinion=submission.note, override=override.strip())
    return submission


@transaction.atomic
def recall(entry: Publishable, *, by: Any) -> Any:
    """Take an entry back from review, to write on; what was approved of it counts no more."""
    row = locked(entry)
    item = open_item(row)
    if item is None or row.state not in {State.REVIEW, State.APPROVED}:
        raise RefusedError(_("只有审核中或已通过的内容才能取回。"))
    require(by, Act.RECALL, row)
    close(item, SubmissionItem.State.RECALLED)
    move(row, State.DRAFT)
    write_down(Review.Verdict.RECALLED, row, item, by=by)
    return row


def review_steps(entry: Publishable) -> int:
    """How many people approve a text before it may be published; the region says, and simple types take one.

    A change that moves an entry to another region takes as many as the stricter of the two.
    """
    if entry.reviewed_once:
        return 1
    steps: int = entry.region.review_steps
    live: Any = entry.copy_of
    return steps if live is None else max(steps, live.region.review_steps)


def authors_of(entry: Publishable) -> set[int]:
    """Everybody who wrote on this text since it was begun; two queries."""
    saves = Edition.objects.filter(entry_type=entry.type_label(), entry_id=entry.pk, number__isnull=True)
    keys = set(saves.order_by().values_list("actor_id", flat=True).distinct())
    keys |= set(
        WorkingCopy.objects.filter(entry_type=entry.type_label(), entry_id=entry.pk).values_list("opened_by_id", flat=True)
    )
    return {key for key in (*keys, entry.created_by_id, entry.updated_by_id) if key is not None}


def _require_change(row: Any) -> None:
    """Refuse a working copy that says what readers read already. What is withdrawn, or has expired, may come back as it was."""
    live = row.copy_of
    if row.is_live or live.state != State.PUBLISHED or live.visible_until <= timezone.now() or row.change_note:
        return
    note = {"change_note": live.change_note}
    taken = snapshot(row)
    if {**taken, "columns": {**taken["columns"], **note}} == snapshot(live):
        raise RefusedError(
            _("“%(entry)s”的修改稿与线上的内容完全相同，没有什么要审。只改下线时间的，请在“修改说明”里写明。") % {"entry": row}
        )


def _new_item(submission: Submission, row: Any, by: Any) -> SubmissionItem:
    authors: Any = {"keys": sorted(authors_of(row) | {by.pk})}
    return SubmissionItem.objects.create(
        submission=submission,
        entry_type=row.type_label(),
        entry_id=row.pk,
        entry_uuid=row.uuid,
        title=str(row)[:200],
        region=row.region,
        digest=digest(snapshot(row)),
        authors=authors,
        steps=review_steps(row),
    )


def _title(rows: list[Any]) -> str:
    first = str(rows[0])[:160]
    return first if len(rows) == 1 else _("%(first)s 等 %(count)d 条") % {"first": first, "count": len(rows)}
