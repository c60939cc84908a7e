"""What readers are told of how an entry changed since it was first published."""

from datetime import datetime
from typing import Any, NamedTuple

from portal.publishing.models import Edition

MOST = 20
TOLD = (Edition.Kind.PUBLISHED, Edition.Kind.IMPORTED, Edition.Kind.WITHDRAWN)


class Correction(NamedTuple):
    at: datetime
    kind: str
    note: str


def corrections_of(entry: Any) -> list[Correction]:
    """The notes of its major changes and withdrawals, newest first; one query, none for an entry that had no major change."""
    if entry.first_published_at is None or entry.public_updated_at is None or entry.public_updated_at <= entry.first_published_at:
        return []
    rows = Edition.objects.of(entry).numbered().filter(number__gt=1, kind__in=TOLD).exclude(reason="").order_by("-number")
    return [Correction(*row) for row in rows.values_list("created_at", "kind", "reason")[:MOST]]
