from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.publishing.models import Review, State, SubmissionItem
from portal.publishing.rights import Act, may
from portal.publishing.workflow.refusal import RefusedError
from portal.publishing.workflow.steps import close, move, require, require_same_text, require_text, write_down


@transaction.atomic
def approve(item: SubmissionItem, *, by: Any, step: int, opinion: str = "") -> SubmissionItem:
    """Approve one step of one text. `step` is the one the reviewer saw: nobody takes the next one by mistake."""
    item, entry = _locked(item)
    if sentence := why_not_approve(item, entry, by):
        raise RefusedError(sentence)
    if step != item.passed + 1:
        raise RefusedError(_("刚刚有别人审过这一级，请刷新页面再看。"))
    require_same_text(item, entry)
    item.passed, item.last_reviewer = step, by
    is_last = item.passed == item.steps
    item.state = SubmissionItem.State.APPROVED if is_last else SubmissionItem.State.WAITING
    item.save(update_fields=["passed", "last_reviewer", "state", "updated_at"])
    if is_last:
        move(entry, State.APPROVED)
    write_down(Review.Verdict.APPROVED, entry, item, by=by, opinion=opinion.strip(), step=step)
    return item


@transaction.atomic
def send_back(item: SubmissionItem, *, by: Any, reason: str) -> SubmissionItem:
    """Return a text to its authors with a reason; the others of its submission stay where they are."""
    kept = require_text(reason, _("退回要写明理由，作者才知道改什么。"))
    item, entry = _locked(item)
    require(by, Act.RETURN, entry)
    close(item, SubmissionItem.State.RETURNED)
    move(entry, State.DRAFT)
    write_down(Review.Verdict.RETURNED, entry, item, by=by, opinion=kept, step=item.passed + 1)
    return item


def why_not_approve(item: SubmissionItem, entry: Any, user: Any) -> str:
    """Why a person may not approve the next step of a text; empty when they may. No query but that of the right."""
    answer = may(user, Act.REVIEW, entry)
    if not answer:
        return answer.why
    if item.state != SubmissionItem.State.WAITING:
        return _("这条内容已经不在审核中。")
    if user.pk in item.author_keys:
        return _("这份文字您写过或改过，要由别人来审。")
    if item.passed and item.last_reviewer_id == user.pk:
        return _("上一级就是您审的，下一级要由别人来审。")
    return ""


def _locked(item: SubmissionItem) -> tuple[SubmissionItem, Any]:
    """The stored item and its entry, the entry first: the order in which every step locks."""
    entry = item.model._base_manager.select_for_update().filter(pk=item.entry_id).first()
    found = SubmissionItem.objects.select_for_update().get(pk=item.pk)
    if entry is None or not found.is_open or entry.state not in {State.REVIEW, State.APPROVED}:
        raise RefusedError(_("这条内容已经不在审核中：可能刚被取回、退回或发布。"))
    return found, entry
