from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.publishing.lifecycle import finish_entry, save_entry
from portal.publishing.models import Edition, Publishable, Review, State
from portal.publishing.rights import Act
from portal.publishing.workflow.steps import locked, require, require_text, write_down
from portal.publishing.working_copy import about_copy, copies_of

LONGEST_REASON = 200


@transaction.atomic
def withdraw(entry: Publishable, *, by: Any, reason: str) -> Any:
    """Take an entry from its readers; its address then says so, with the reason."""
    kept = require_text(reason, _("撤回时请写明理由，读者打开原网址会看到它。"))[:LONGEST_REASON]
    row = locked(entry)
    require(by, Act.WITHDRAW, row)
    row.state, row.withdrawn_reason = State.WITHDRAWN, kept
    save_entry(row, by=by, expected_version=row.version)
    edition = finish_entry(row, kind=Edition.Kind.WITHDRAWN, reason=kept)
    write_down(Review.Verdict.WITHDRAWN, row, None, by=by, opinion=kept, edition=edition)
    for copy in copies_of(row, (State.SCHEDULED,)):
        about = about_copy(copy)
        about.problem = _("原内容已经撤回，这份修改稿不会自动生效。")
        about.save(update_fields=["problem"])
    return row
