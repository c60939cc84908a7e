"""What an entry said, kept at each save that changed something and at each publication, with a row of the log."""

from datetime import datetime
from typing import Any

from portal.publishing.aggregate import Snapshot, digest, snapshot
from portal.publishing.audit import changed, record
from portal.publishing.editions import write_edition, write_save
from portal.publishing.models import SETTLED, AuditEntry, Edition, Publishable


def keep_history(entry: Publishable, *, by: Any, at: datetime, kind: str = "", reason: str = "") -> Edition | None:
    """Write the edition of a publication and return it, or else the save of a text that changed, with what changed in the log.

    What is written straight to an entry that readers know (the sample, an answer to a finding) is a publication of its own.
    The steps of the workflow write their own row of the log. One query to read the entry, one for what it said before.
    """
    taken = snapshot(entry)
    last = Edition.objects.of(entry).filter(entry_id=entry.pk).order_by("-pk").only("digest", "payload", "number").first()
    is_known = entry.state in SETTLED and entry.is_live
    if kind:
        return write_edition(entry, taken, by=by, reason=reason, kind=kind, at=at)
    if last is not None and last.digest == digest(taken) and (last.number is not None or not is_known):
        return None
    edition = None
    if is_known:
        edition = write_edition(entry, taken, by=by, reason=reason or entry.change_note, kind=Edition.Kind.IMPORTED, at=at)
    else:
        write_save(entry, taken, by=by, at=at)
    before, after = changed(flat(last.content) if last else {}, flat(taken))
    action = AuditEntry.Action.IMPORTED if is_known else AuditEntry.Action.SAVED if last else AuditEntry.Action.CREATED
    record(action, entry, by=by, before=before if last else None, after=after, edition=edition)
    return edition


def flat(taken: Snapshot) -> dict[str, Any]:
    """Each value of a snapshot under one name: `title`, `topics`, `benefits.<uid>.name`; empty ones left out."""
    if not taken:
        return {}
    values = {**taken["columns"], **taken["relations"]}
    for name, rows in taken["rows"].items():
        values |= {f"{name}.{uid}.{column}": value for uid, row in rows.items() for column, value in row.items()}
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}
