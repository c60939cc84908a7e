"""What an entry said, kept at each save that changed something and at each publication, with a row of the log."""

import json
from datetime import datetime
from typing import Any

from django.db.models import Subquery

from portal.publishing.aggregate import Snapshot, digest, snapshot
from portal.publishing.audit import changed, record
from portal.publishing.editions import write_edition, write_save
from portal.publishing.models import SETTLED, AuditEntry, ContentState, Edition, Publishable


def keep_history(entry: Publishable, *, by: Any, at: datetime, kind: str = "", reason: str = "") -> Edition | None:
    """Write the edition of a publication and return it, or else the save of a text that changed, with what changed in the log.

    What is written straight to an entry that readers know (the sample, an answer to a finding) is a publication of its own.
    The steps of the workflow write their own row of the log. Four queries for a save that changed something, else two.
    """
    taken = snapshot(entry)
    if kind:
        return write_edition(entry, taken, by=by, reason=reason, kind=kind, at=at)
    before = Edition.objects.of(entry).filter(entry_id=entry.pk).order_by("-pk")
    columns = {name: Subquery(before.values(name)[:1]) for name in ("digest", "payload", "number")}
    head = ContentState.locked(**{f"last_{name}": value for name, value in columns.items()})
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


def flat(taken: Snapshot) -> dict[str, Any]:
    """Each value of a snapshot under one name: `title`, `topics`, `benefits.<uid>.name`; empty ones left out."""
    values = {**taken["columns"], **taken["relations"]}
    for name, rows in taken["rows"].items():
        values |= {f"{name}.{uid}.{column}": value for uid, row in rows.items() for column, value in row.items()}
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}
