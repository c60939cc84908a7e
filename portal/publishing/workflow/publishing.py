from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.publishing.changes import followed_together
from portal.publishing.lifecycle import finish_entry, save_entry
from portal.publishing.models import FOREVER, Edition, Publishable, Review, State, SubmissionItem
from portal.publishing.rights import Act
from portal.publishing.workflow.others import bring_up_others
from portal.publishing.workflow.refusal import RefusedError
from portal.publishing.workflow.steps import (
    close,
    locked,
    move,
    open_item,
    require,
    require_by_role,
    require_finished,
    require_same_text,
    write_down,
)
from portal.publishing.working_copy import DivergedError, about_copy, apply_copy, copies_of

FARTHEST = timedelta(days=5 * 365)
"""How far ahead something may be published; what lies beyond is a slip of the hand."""


@transaction.atomic
def publish(
    entries: Iterable[Publishable],
    *,
    by: Any,
    at: datetime | None = None,
    until: datetime | None = None,
    override: str = "",
    brings_back: bool = False,
) -> list[Any]:
    """Show approved texts to readers, all or none, and return the entries as readers know them.

    `at` in the future: a new entry appears then by its date, a working copy takes effect then; `until` is when they go.
    `override` is the reason to publish although the gate finds fault; `brings_back` says that whoever publishes knows which
    of the entries are withdrawn, and that readers will see them again.
    """
    now = timezone.now()
    if at is not None and at > now + FARTHEST:
        raise RefusedError(_("公开时间最多定在 %(years)d 年以内，请核对年份。") % {"years": FARTHEST.days // 365})
    rows = [locked(entry) for entry in entries]
    for row in rows:
        require(by, Act.PUBLISH, row)
        if not row.is_live:
            require_by_role(by, Act.PUBLISH, row.copy_of)  # where it moves to and where it comes from
        if until is not None and until <= _beginning(row, max(at or now, now)):
            raise RefusedError(_("下线时间必须晚于公开时间。"))
        if not brings_back and (sentence := withdrawn_meanwhile(row)):
            raise RefusedError(_("%(what)s确实要重新公开，请勾选确认。") % {"what": sentence})
    items = [_approved_item(row) for row in rows]
    require_finished(rows, override=override)
    with followed_together():
        return [
            _schedule(row, item, by=by, at=at, until=until, override=override)
            if at is not None and at > now and not row.is_live
            else show(row, item, by=by, at=max(at or now, now), until=until, override=override)
            for row, item in zip(rows, items, strict=True)
        ]


def withdrawn_meanwhile(row: Any) -> str:
    """That publishing a working copy brings back what was withdrawn, and why it was; empty for anything else."""
    if row.is_live or row.copy_of.state != State.WITHDRAWN:
        return ""
    told = {"entry": row, "reason": row.copy_of.withdrawn_reason}
    return _("“%(entry)s”已经撤回（理由：%(reason)s），发布这份修改稿会让读者重新看到它。") % told


def show(row: Any, item: SubmissionItem, *, by: Any, at: datetime, until: datetime | None = None, override: str = "") -> Any:
    """Write the publication of one approved text; the caller has asked for everything."""
    require_same_text(item, row)
    note = row.change_note
    if row.is_live:
        row.state, row.visible_from, row.visible_until = State.PUBLISHED, at, until or FOREVER
        save_entry(row, by=by, expected_version=row.version)
        live, edition = row, finish_entry(row, kind=Edition.Kind.PUBLISHED, reason=note)
    else:
        live, edition = _apply(row, by=by, at=at, until=until)
    close(item, SubmissionItem.State.PUBLISHED)
    write_down(Review.Verdict.PUBLISHED, live, item, by=by, opinion=note, override=override.strip(), edition=edition)
    bring_up_others(live, by=by)
    return live


@transaction.atomic
def unschedule(copy: Publishable, *, by: Any) -> Any:
    """Take the date from a working copy that waits for it: it is an approved text again, to publish or to take back."""
    row = locked(copy)
    require(by, Act.PUBLISH, row)
    item = open_item(row)
    if row.state != State.SCHEDULED or item is None:
        raise RefusedError(_("这份修改稿没有定时。"))
    if copies_of(row.copy_of, ("draft", "review", "approved")).exists():
        raise RefusedError(_("这条内容另有一份打开的修改稿，请先发布或放弃它，再取消定时。"))
    about = about_copy(row)
    about.apply_at, about.scheduled_by, about.problem = None, None, ""
    about.save(update_fields=["apply_at", "scheduled_by", "problem"])
    move(row, State.APPROVED)
    write_down(Review.Verdict.RECALLED, row, item, by=by, opinion=_("取消定时"))
    return row


def _apply(copy: Any, *, by: Any, at: datetime, until: datetime | None) -> tuple[Any, Any]:
    try:
        return apply_copy(copy, by=by, at=at, until=until)
    except DivergedError as error:
        raise RefusedError(
            _("线上的内容在这份修改稿打开之后变过，直接发布会盖掉那次改动。请取回修改稿，合并线上的改动，核对后重新送审。")
        ) from error


def _schedule(copy: Any, item: SubmissionItem, *, by: Any, at: datetime, until: datetime | None, override: str) -> Any:
    live = copy.copy_of
    if live.state != State.PUBLISHED:
        raise RefusedError(_("原内容已经撤回，修改稿不能定时；要重新公开，请现在发布。"))
    fixed = {"slug": live.slug == copy.slug, "region": live.region_id == copy.region_id} | {
        name: getattr(live, name) == getattr(copy, name) for name in copy.naming_columns
    }
    if moved := [str(copy._meta.get_field(name).verbose_name) for name, is_same in fixed.items() if not is_same]:
        raise RefusedError(_("%(names)s不能定时修改，请现在发布，或改回原样。") % {"names": _("、").join(moved)})
    if until is not None:
        raise RefusedError(_("定时的修改不能同时改下线时间。"))
    if copies_of(live, (State.SCHEDULED,)).exists():
        raise RefusedError(_("这条内容已有一份待生效的修改稿，请先取消它的定时。"))
    require_same_text(item, copy)
    about = about_copy(copy)
    about.apply_at, about.scheduled_by, about.problem = at, by, ""
    about.save(update_fields=["apply_at", "scheduled_by", "problem"])
    move(copy, State.SCHEDULED)
    when = timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
    opinion = _("定于北京时间 %(when)s 生效") % {"when": when}
    write_down(Review.Verdict.SCHEDULED, copy, item, by=by, opinion=opinion, override=override.strip())
    return copy


def _beginning(row: Any, at: datetime) -> datetime:
    """When readers begin to see what is published now; a live entry that waits for its date keeps it."""
    keeps_date = not row.is_live and row.copy_of.state == State.PUBLISHED
    return max(at, row.copy_of.visible_from) if keeps_date else at


def _approved_item(row: Any) -> SubmissionItem:
    item = open_item(row)
    if item is None or item.state != SubmissionItem.State.APPROVED or row.state != State.APPROVED:
        raise RefusedError(_("审核通过以后才能发布。"))
    return item
