"""What every step does: lock the rows, ask for the right, move the state, write it down."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from portal.publishing.aggregate import digest, snapshot
from portal.publishing.audit import record
from portal.publishing.gate import findings
from portal.publishing.lifecycle import StaleVersionError
from portal.publishing.models import Publishable, Review, State, SubmissionItem
from portal.publishing.rights import Act, may, may_by_role
from portal.publishing.workflow.refusal import RefusedError, UnfinishedError

LONGEST = 500


def locked(entry: Publishable) -> Any:
    """The stored row, locked until the transaction ends; StaleVersionError when it is no longer the version at hand."""
    rows: Any = type(entry)._base_manager.select_for_update()
    if not entry.is_live:  # the live row first, wherever both are locked
        rows.filter(copies=entry.pk).first()
    row = rows.filter(pk=entry.pk).first()
    if row is None:
        raise RefusedError(_("这条内容刚刚被删除或合并，请返回列表。"))
    if row.version != entry.version:
        raise StaleVersionError(row)
    return row


def open_item(entry: Publishable) -> SubmissionItem | None:
    """The submission an entry is in now, locked; one query."""
    items = SubmissionItem.objects.select_for_update().filter(entry_type=entry.type_label(), entry_id=entry.pk)
    return items.filter(state__in=(SubmissionItem.State.WAITING, SubmissionItem.State.APPROVED)).first()


def require(user: Any, act: Act, entry: Any) -> None:
    answer = may(user, act, entry)
    if not answer:
        raise RefusedError(answer.why)


def require_by_role(user: Any, act: Act, entry: Any) -> None:
    """Ask for the right in the region of an entry, whatever its state."""
    answer = may_by_role(user, act, entry)
    if not answer:
        raise RefusedError(answer.why)


def require_finished(entries: list[Any], *, override: str) -> None:
    """Refuse what the gate finds fault with, unless a reason says why it goes on; entries of one call count as public."""
    together = {entry.uuid for entry in entries}
    found = {entry: some for entry in entries if (some := findings(entry, also_public=together))}
    if found and not has_words(override):
        raise UnfinishedError(found)


def require_same_text(item: SubmissionItem, entry: Any) -> None:
    if digest(snapshot(entry)) != item.digest:
        raise RefusedError(_("这份文字在送审之后变过，通过的不是现在的文字。请退回，重新送审。"))


def require_text(text: str, sentence: str) -> str:
    kept = text.strip()
    if not has_words(kept):
        raise RefusedError(sentence)
    if len(kept) > LONGEST:
        raise RefusedError(_("最多 %(most)d 个字，现在有 %(count)d 个，请缩短。") % {"most": LONGEST, "count": len(kept)})
    return kept


def has_words(text: str) -> bool:
    """Whether a text says anything: spaces and characters nobody sees do not."""
    return any(char.isalnum() for char in text)


def move(entry: Publishable, state: State) -> None:
    """Set the state of a row readers do not see; its text, its authors and its times stay."""
    rows = type(entry)._base_manager.filter(pk=entry.pk, version=entry.version)
    if not rows.update(state=state, version=F("version") + 1):
        raise StaleVersionError(entry)
    entry.state, entry.version = state, entry.version + 1


def write_down(
    verdict: Review.Verdict, entry: Any, item: SubmissionItem | None, *, by: Any, opinion: str = "", override: str = "",
    step: int | None = None, edition: Any = None,
) -> None:  # fmt: skip
    """The row of the step and the row of the log."""
    Review.objects.create(
        item=item, entry_type=entry.type_label(), entry_uuid=entry.uuid, step=step, verdict=verdict, by=by,
        opinion=opinion[:LONGEST], override=override[:LONGEST], digest=item.digest if item else "",
    )  # fmt: skip
    reason = " ".join(text for text in (opinion, override) if text)
    record(verdict.value, entry, by=by, reason=reason, edition=edition)


def close(item: SubmissionItem, state: SubmissionItem.State) -> None:
    item.state = state
    item.save(update_fields=["state", "updated_at"])
