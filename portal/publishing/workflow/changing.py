"""Beginning and giving up the change of an entry that readers know."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.publishing.audit import record
from portal.publishing.models import AuditEntry, Publishable
from portal.publishing.rights import Act, may
from portal.publishing.workflow.refusal import RefusedError
from portal.publishing.workflow.steps import locked, require
from portal.publishing.working_copy import discard_copy, open_copy, renew_copy


@transaction.atomic
def begin_change(live: Publishable, *, by: Any) -> Any:
    """The open working copy of an entry; the one there is, if there is one."""
    row = locked(live)
    require(by, Act.OPEN_COPY, row)
    copy = open_copy(row, by=by)
    if not may(by, Act.VIEW, copy):
        raise RefusedError(_("这条内容已有别人打开的修改稿。请联系这个地区的编辑，或等那份修改稿发布。"))
    record(AuditEntry.Action.COPY_OPENED, copy, by=by)
    return copy


@transaction.atomic
def discard_change(copy: Publishable, *, by: Any) -> Any:
    """Throw a working copy away; returns the live entry, which stays as it is."""
    row = locked(copy)
    require(by, Act.DISCARD, row)
    live = row.copy_of
    record(AuditEntry.Action.DISCARDED, row, by=by)
    discard_copy(row)
    return live


@transaction.atomic
def take_over(copy: Publishable, *, by: Any) -> list[str]:
    """Merge what was published since into a working copy; the places where both had changed, in which the copy stands."""
    row = locked(copy)
    if row.is_live:
        raise RefusedError(_("只有修改稿才需要合并线上的改动。"))
    require(by, Act.EDIT, row)
    return renew_copy(row, by=by).clashes
