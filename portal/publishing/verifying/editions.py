"""Whether the editions are what was published: each row, each payload, each chain, and none too few."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from portal.publishing.models import AuditEntry, Edition
from portal.publishing.verifying.finding import Finding, parsed, raw_rows

TABLE = Edition._meta.db_table


@dataclass(slots=True)
class _Before:
    """What the next row of a chain must follow."""

    entry: Any = None
    number: int = 0
    sha256: str = ""


def edition_findings() -> Iterator[Finding]:
    """Read every edition once, one at a time, in the order of the chains; then what the log says of them."""
    before = _Before()
    for raw in raw_rows(Edition.objects.filter(number__isnull=False).order_by("entry_type", "entry_uuid", "number")):
        entry = (raw["raw_entry_type"], raw["raw_entry_uuid"])
        if entry != before.entry:
            before = _Before(entry)
        yield from _row_findings(raw, before)
        before.number, before.sha256 = raw["raw_number"], raw["raw_sha256"]
    for raw in raw_rows(Edition.objects.filter(number__isnull=True).order_by("pk")):
        if what := _payload_problem(raw):
            yield Finding(TABLE, raw["raw_id"], what)
    yield from _missing_in_log()
    yield from _missing_in_editions()
    yield from _erased_unsaid()


def _row_findings(raw: dict[str, Any], before: _Before) -> Iterator[Finding]:
    key, number = raw["raw_id"], raw["raw_number"]
    if number != before.number + 1:
        yield Finding(TABLE, key, f"number {number} follows {before.number}: publications are missing")
    elif raw["raw_previous_sha256"] != before.sha256:
        yield Finding(TABLE, key, "does not follow from the publication before")
    if what := _payload_problem(raw):
        yield Finding(TABLE, key, what)
    try:
        is_whole = parsed(raw, Edition).chained_sha256() == raw["raw_sha256"]
    except (ValueError, TypeError):
        is_whole = False
    if not is_whole:
        yield Finding(TABLE, key, "the row was changed")


def _payload_problem(raw: dict[str, Any]) -> str:
    told = (raw["raw_erased_by_name"], raw["raw_erased_reason"])
    if raw["raw_erased_at"] is None:
        if any(told):
            return "says who erased it and is not erased"
        is_same = hashlib.sha256(raw["raw_payload"].encode()).hexdigest() == raw["raw_payload_sha256"]
        return "" if is_same else "the payload was changed"
    if raw["raw_payload"]:
        return "is erased and has a payload"
    return "" if all(told) else "is erased without name and reason"


def _missing_in_log() -> Iterator[Finding]:
    """Publications that the log does not know, since the first row that it still has."""
    first = AuditEntry.objects.order_by("number").values_list("number", "at").first()
    rows = Edition.objects.filter(number__isnull=False)
    if first is not None and first[0] > 1:
        rows = rows.filter(created_at__gt=first[1])
    known = Exists(AuditEntry.objects.filter(edition_sha256=OuterRef("sha256")))
    for key in rows.filter(~known).values_list("pk", flat=True).iterator(chunk_size=200):
        yield Finding(TABLE, key, "the log does not know this publication")


def _missing_in_editions() -> Iterator[Finding]:
    there = Exists(Edition.objects.filter(sha256=OuterRef("edition_sha256"), number__isnull=False))
    rows = AuditEntry.objects.exclude(edition_sha256="").filter(~there).order_by("number")
    for number, sha256 in rows.values_list("number", "edition_sha256").iterator(chunk_size=200):
        yield Finding(TABLE, "?", f"the publication {sha256[:12]}… that row {number} of the log names is missing")


def _erased_unsaid() -> Iterator[Finding]:
    """Erased publications of which the log does not say the same, as far as the log goes back."""
    erased: QuerySet[Any] = Edition.objects.filter(number__isnull=False, erased_at__isnull=False)
    first = AuditEntry.objects.order_by("number").values_list("number", "at").first()
    if first is not None and first[0] > 1:
        erased = erased.filter(erased_at__gte=first[1])
    said = AuditEntry.objects.filter(
        action=AuditEntry.Action.ERASED, edition_sha256=OuterRef("sha256"), at=OuterRef("erased_at"),
        actor_name=OuterRef("erased_by_name"), reason=OuterRef("erased_reason"),
    )  # fmt: skip
    for key in erased.filter(~Exists(said)).values_list("pk", flat=True).iterator(chunk_size=200):
        yield Finding(TABLE, key, "the log says nothing of this erasure")
