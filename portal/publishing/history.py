"""What an entry said, kept at each save that changed something and at each publication, with a row of the log."""

import json
from datetime import datetime
from typing import Any

from django.db.models import Subquery

from portal.publishing.aggregate import Snapshot, digest, snapshot
from portal.publishing.audit import changed, record
from portal.publishing.editions import write_edition, write_save
from portal.publishing.models import SETTLED, AuditEntry, ContentState, Edition, Publishable
from portal.publishing.prepared import prepared


def keep_history(entry: Publishable, *, by: Any, at: datetime, kind: str = "", reason: str = "") -> Edition | None:
    """Write the edition of a publication and return it, or else the save of a text that changed, with what changed in the log.

    What is written straight to an entry that readers know (the sample, an answer to a finding) is a publication of its own.
    The steps of the workflow write their own row of the log. Four queries for a save that changed something, else two.
    """
    taken = snapshot(entry)
    if kind:
        return write_edition(entry, taken, by=by, reason=reason, kind=kind, at=at)
    head = _locked_head(entry)
    is_known = entry.state in SETTLED and entry.is_live
    if head.last_digest == digest(taken) and (head.last_number is not None or not is_known):
        return None
    edition = None
    if is_known:
        edition = write_edition(entry, taken, by=by, reason=reason or entry.change_note, kind=Edition.Kind.IMPORTED, at=at)
    else:
        write_save(entry, taken, by=by, at=at)
    last = json.loads(head.last_payload) if head.last_payload else None
    old, new = changed(flat(last), flat(taken)) if last else (None, flat(taken))
    action = AuditEntry.Action.IMPORTED if is_known else AuditEntry.Action.SAVED if last else AuditEntry.Action.CREATED
    record(action, entry, by=by, before=old, after=new, edition=edition, head=head)
    return edition


def _locked_head(entry: Publishable) -> Any:
    """The head of the log, locked, with the last edition of the entry."""
    found = _head(entry_type=entry.type_label(), entry_uuid=entry.uuid, entry_id=entry.pk)
    return found[0] if found else ContentState.locked() and _locked_head(entry)


@prepared
def _head(*, entry_type: Any, entry_uuid: Any, entry_id: Any) -> Any:
    before = Edition.objects.filter(entry_type=entry_type, entry_uuid=entry_uuid, entry_id=entry_id).order_by("-pk")
    columns = {f"last_{name}": Subquery(before.values(name)[:1]) for name in ("digest", "payload", "number")}
    return ContentState.objects.select_for_update().annotate(**columns).filter(pk=1)


def flat(taken: Snapshot) -> dict[str, Any]:
    """Each value of a snapshot under one name: `title`, `topics`, `benefits.<uid>.name`; empty ones left out."""
    values = {**taken["columns"], **taken["relations"]}
    for name, rows in taken["rows"].items():
        values |= {f"{name}.{uid}.{column}": value for uid, row in rows.items() for column, value in row.items()}
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}
