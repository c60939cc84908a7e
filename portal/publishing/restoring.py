"""Taking an older text of an entry up again: as its draft, or as a working copy where readers know the entry."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.publishing.aggregate import Snapshot, shape_of, snapshot
from portal.publishing.audit import record
from portal.publishing.filling import LostReferenceError, write_snapshot
from portal.publishing.models import OPEN, SETTLED, AuditEntry, Edition, Publishable, State
from portal.publishing.working_copy import copies_of, open_copy

STAY = ("slug", "region")
"""An older text neither moves an entry to another address nor to another owner."""


class RestoreError(Exception):
    """Says why; nothing was written."""


@transaction.atomic
def restore(entry: Publishable, edition: Edition, *, by: Any) -> Any:
    """Write the text of an edition as a draft and return the row that holds it; RestoreError, StaleVersionError or nothing lost.

    A live entry that is published or withdrawn gets a working copy; a draft is overwritten, its last save is kept.
    """
    if edition.erased_at is not None:
        raise RestoreError(_("这一版的内容已经清除，不能恢复。"))
    taken = _with_what_stays(edition.content, snapshot(entry))
    try:
        row = _write(entry, taken, by)
    except LostReferenceError as lost:
        raise RestoreError(str(lost)) from lost
    if problems := list(_problems(row)):
        raise RestoreError(_("这一版现在不能通过检查，没有恢复：%(problems)s") % {"problems": " ".join(problems)})
    record(AuditEntry.Action.RESTORED, row, by=by, after={"edition": edition.number or f"#{edition.pk}"})
    return row


def _write(entry: Publishable, taken: Snapshot, by: Any) -> Any:
    if entry.is_live and entry.state in SETTLED:
        if copies_of(entry, OPEN).exists():
            raise RestoreError(_("这条内容已有修改稿。请先发布或放弃它，再恢复旧版本。"))
        return open_copy(entry, by=by, taken=taken)
    if entry.state != State.DRAFT:
        raise RestoreError(_("这条内容现在不能修改，取回以后才能恢复旧版本。"))
    write_snapshot(entry, taken, by=by, expected_version=entry.version)
    return entry


def _with_what_stays(taken: Snapshot, now: Snapshot) -> Snapshot:
    stay = {name: now["columns"][name] for name in STAY if name in now["columns"]}
    return {**taken, "columns": {**taken["columns"], **stay}}


def _problems(entry: Publishable) -> Iterator[str]:
    """What the forms would say of the entry and its rows."""
    stored = type(entry)._base_manager.get(pk=entry.pk)
    for row in (stored, *(row for rows in shape_of(type(entry)).row_sets for row in rows.of(entry))):
        not_typed = {one.name for one in row._meta.fields if not one.editable}
        try:
            row.full_clean(exclude=not_typed, validate_constraints=False)
            row.validate_constraints()
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                yield from (_named(row, name, sentence) for sentence in sentences)


def _named(row: Any, name: str, sentence: str) -> str:
    if name == NON_FIELD_ERRORS:
        return sentence
    return _("%(field)s：%(text)s") % {"field": row._meta.get_field(name).verbose_name, "text": sentence}
