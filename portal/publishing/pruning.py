"""What may be thrown away: saves and preview links after a while, changes told long ago, and the oldest rows of the log."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.publishing.audit import record
from portal.publishing.changes import KEPT
from portal.publishing.changes import prune as prune_changes
from portal.publishing.editions import prune_saves
from portal.publishing.models import AuditEntry, ContentState, PreviewLink
from portal.search.unanswered import prune_unanswered

LINKS_KEPT = timedelta(days=30)
"""How long staff see that a preview link has expired; the log tells of it for longer."""


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many rows went."""

    saves: int
    log: int
    links: int


def prune_trail(now: datetime, *, save_days: int) -> Pruned:
    return Pruned(
        saves=prune_saves(now - timedelta(days=save_days)),
        log=prune_log(now - timedelta(days=settings.AUDIT_DAYS)),
        links=prune_links(now - LINKS_KEPT),
    )


def tidy_once_a_day() -> tuple[Pruned, int] | None:
    """Throw away what has had its time, and say how much: the trail and the changes. None where that was done today already."""
    now, today = timezone.now(), timezone.localdate()
    ContentState.objects.get_or_create(pk=1)
    waits = ContentState.objects.filter(Q(tidied_on__lt=today) | Q(tidied_on__isnull=True))
    if not waits.update(tidied_on=today):
        return None
    prune_unanswered(today)
    return prune_trail(now, save_days=settings.SAVE_DAYS), prune_changes(now - KEPT)


def prune_links(expired_before: datetime) -> int:
    """Delete the preview links that expired before a moment and say how many."""
    count, _per_type = PreviewLink.objects.filter(expires_at__lt=expired_before).delete()
    return count


@transaction.atomic
def prune_log(older_than: datetime) -> int:
    """Delete the rows before the first that is younger, and write down where the log begins from now on.

    Says how many went. The database refuses, and nothing is deleted, where one is younger than half a year.
    """
    rows = AuditEntry.objects.order_by("number")
    kept = rows.filter(at__gte=older_than).values_list("number", flat=True).first()
    old = rows.filter(number__lt=kept) if kept is not None else rows
    last = old.order_by("-number").values_list("number", "sha256").first()
    if last is None:
        return 0
    count = old.count()
    told = {"rows": count, "last_number": last[0], "last_sha256": last[1]}
    row = record(AuditEntry.Action.PRUNED, by=None, after=told)
    AuditEntry.objects.filter(number__lte=last[0]).exclude(pk=row.pk).delete()
    return count
