"""What a publication means for the other working copies of the same entry."""

from typing import Any

from django.utils.translation import gettext as _

from portal.publishing.aggregate import digest, snapshot
from portal.publishing.models import OPEN, Review, State, SubmissionItem
from portal.publishing.workflow.steps import close, move, open_item, write_down
from portal.publishing.working_copy import about_copy, copies_of, renew_copy


def bring_up_others(live: Any, *, by: Any) -> None:
    """Take the published change over into the entry's other copies, so that none of them undoes it.

    One that waits for its date keeps its approval where the two changed different things: each was approved. Where they
    clash, for any text still in review, and for one that is not what was approved, people look again.
    """
    for copy in copies_of(live, (*OPEN, State.SCHEDULED)).select_for_update():
        before = digest(snapshot(copy))
        clashes = renew_copy(copy, by=copy.updated_by).clashes
        after = digest(snapshot(copy))
        item = open_item(copy)
        if item is None or (before == after and not clashes):
            continue
        if copy.state == State.SCHEDULED and before == item.digest and not clashes:
            item.digest = after
            item.save(update_fields=["digest", "updated_at"])
        else:
            _return(copy, item, live)


def _return(copy: Any, item: SubmissionItem, live: Any) -> None:
    close(item, SubmissionItem.State.RETURNED)
    if copy.state == State.SCHEDULED and copies_of(live, OPEN).exists():
        about = about_copy(copy)
        about.problem = _("线上的内容改了同一处，这份修改稿没有生效。")
        about.save(update_fields=["problem"])
    else:
        about = about_copy(copy)
        about.apply_at = None
        about.save(update_fields=["apply_at"])
        move(copy, State.DRAFT)
    opinion = _("线上的内容刚发布了新的一版，已合并到这份修改稿，请核对后重新送审。")
    write_down(Review.Verdict.RETURNED, copy, item, by=None, opinion=opinion, step=item.passed + 1)
