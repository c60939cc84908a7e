"""The change rows of public entries: what readers, feeds, caches and partners notice, and when."""

from collections.abc import Iterable
from datetime import datetime

from portal.publishing.models import FOREVER, Change, ContentState, Publishable, State


def record_changes(entry: Publishable, at: datetime, gone_as: str, fields: Iterable[str] = ()) -> None:
    """Write what readers will notice of an entry just written, and when; `gone_as` says how it went if it is no longer public."""
    label = entry.type_label()
    rows = Change.objects.filter(entry_type=label, entry_uuid=entry.uuid)
    rescheduled, _per_type = rows.filter(effective_at__gt=at).delete()
    last = rows.order_by("-effective_at", "-seq", "-pk").values_list("kind", flat=True).first()
    due = _changes_of(entry, last, at, gone_as)
    if not due and not rescheduled:
        return
    seq = ContentState.next_seq()
    Change.objects.bulk_create(
        [Change(seq=seq, effective_at=when, kind=kind, entry_type=label, entry_uuid=entry.uuid) for kind, when in due]
    )


def _changes_of(entry: Publishable, last: str | None, at: datetime, gone_as: str) -> list[tuple[str, datetime]]:
    """What changes for readers, given the last change they saw (None: they never saw the entry)."""
    seen = last in {Change.Kind.PUBLISHED, Change.Kind.UPDATED}
    is_due = entry.state == State.PUBLISHED and entry.is_live and entry.visible_until > at
    if not is_due:
        return [(gone_as, at)] if seen else []
    due: list[tuple[str, datetime]] = []
    if entry.visible_from <= at:
        due.append((Change.Kind.UPDATED if seen else Change.Kind.PUBLISHED, at))
    else:
        if seen:
            due.append((Change.Kind.WITHDRAWN, at))
        due.append((Change.Kind.PUBLISHED, entry.visible_from))
    if entry.visible_until < FOREVER:
        due.append((Change.Kind.EXPIRED, entry.visible_until))
    return due
