"""Whether the log is what was written: each row, the chain, its beginning and its end."""

from collections.abc import Iterator
from typing import Any

from portal.publishing.append_only import missing_triggers
from portal.publishing.models import AuditEntry, ContentState
from portal.publishing.verifying.finding import Finding, parsed, raw_rows

TABLE = AuditEntry._meta.db_table


def log_findings() -> Iterator[Finding]:
    """Read every row once, one at a time, in the order of its number."""
    number, sha256 = _beginning()
    for raw in raw_rows(AuditEntry.objects.order_by("number")):
        key = raw["raw_number"]
        if key != number + 1:
            yield Finding(TABLE, key, f"number {key} follows {number}: rows are missing")
        elif raw["raw_previous_sha256"] != sha256:
            yield Finding(TABLE, key, "does not follow from the row before")
        if not _is_whole(raw):
            yield Finding(TABLE, key, "the row was changed")
        number, sha256 = key, raw["raw_sha256"]
    head = ContentState.objects.filter(pk=1).values_list("audit_number", "audit_sha256").first() or (0, "")
    if head != (number, sha256):
        yield Finding(TABLE, number, f"the log ends here and should end with number {head[0]}")


def head_finding(number: int, sha256: str) -> Iterator[Finding]:
    """Whether the row somebody wrote down elsewhere is still the one there."""
    if AuditEntry.objects.filter(pk=number).values_list("sha256", flat=True).first() != sha256:
        yield Finding(TABLE, number, "is not the row that was written down")


def guard_findings() -> Iterator[Finding]:
    for name in missing_triggers():
        table, moment = name.split()
        yield Finding(table, "-", f"nothing guards {moment}; run manage.py migrate")


def _beginning() -> tuple[int, str]:
    """What the first row follows: nothing, or the last row that was pruned, as the pruning wrote it down."""
    rows = AuditEntry.objects.filter(action=AuditEntry.Action.PRUNED).order_by("-number")
    for raw in raw_rows(rows[:1]):
        told = AuditEntry._meta.get_field("after").from_db_value(raw["raw_after"]) if _is_whole(raw) else {}
        return told.get("last_number", 0), told.get("last_sha256", "")
    return 0, ""


def _is_whole(raw: dict[str, Any]) -> bool:
    try:
        row = parsed(raw, AuditEntry)
        return bool(row.chained_sha256(raw["raw_before"], raw["raw_after"]) == raw["raw_sha256"])
    except (ValueError, TypeError):
        return False
