"""What may be thrown away: saves after a while, and the oldest rows of the log beyond their time."""

from datetime import datetime

from django.db import transaction

from portal.publishing.audit import record
from portal.publishing.models import AuditEntry


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
