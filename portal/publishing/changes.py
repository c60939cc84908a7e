"""The change rows of public entries: what readers, feeds, caches and partners notice, and when.

All rows of a transaction are written under the lock of ContentState, which is held until it commits: numbers commit in their
order, and whether a used entry is still public is judged with every other writer's work in sight.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from portal.publishing.models import FOREVER, Change, ContentState, Edition, Publishable, State
from portal.publishing.models.change import TOMBSTONES
from portal.publishing.prepared import prepared
from portal.publishing.search_entries import index_entries, remove_entry
from portal.publishing.standing import Standing, standing
from portal.publishing.timeline import Span, overlap

INTERNAL = {"answered", "people_consent", "review_steps", "translated_from"}
"""Columns that show nowhere but in the admin."""
Followers = dict[tuple[type[Publishable], int], bool]
"""Entries to follow, by type and key; true for those that are used from now on for good."""
_waiting: ContextVar[Followers | None] = ContextVar("waiting", default=None)
KIND, UNSEEN = Change.Kind, {None, *TOMBSTONES}


@transaction.atomic
def record_changes(
    entry: Publishable,
    at: datetime | None = None,
    gone_as: str = KIND.WITHDRAWN,
    fields: Collection[str] | None = None,
) -> None:
    """Write what readers will notice of an entry just written and of those whose being public follows from it, and when.

    `fields` are the changed fields a reader can see: empty, nothing but dates is told; None, they are not known. `at` is when
    it happens, else the moment at which the lock is got. A working copy changes nothing.
    """
    if not entry.is_live:
        return
    before, after = getattr(entry, "stood_before", None), standing(entry)
    if before is not None and before.window is None and after.window is None:
        return
    if before is not None and before.window is None:
        fields = ()  # what nobody could see is not edited: it appears, or has just appeared with an entry that uses it
    state = ContentState.locked()
    at = at or timezone.now()
    # What others decide on is read under the lock; an entry that stands by itself is in hand.
    is_alone = type(entry).public_spans is Publishable.public_spans
    fresh = entry if is_alone else _stored(type(entry), key=entry.pk)[0]
    spans = fresh.public_spans(at)
    rows = _rows_of(fresh, _told([fresh], at)[entry.uuid], spans, at, gone_as=gone_as, fields=fields)
    _write(state, rows)
    index_entries([fresh], {fresh: spans}, at)
    before = before or after
    if before == after:
        return
    is_sure = _is_lasting(spans, at)
    keys = {key: is_sure and key in after.used for key in before.moved(after)}
    if before.window != after.window:
        keys |= {(type(other), other.pk): False for others in fresh.shown_with() for other in others}
    waiting = _waiting.get()
    if waiting is None:
        _follow(state, keys, at)
    else:
        waiting |= {key: is_sure and waiting.get(key, True) for key, is_sure in keys.items()}


@contextmanager
def followed_together() -> Iterator[None]:
    """Within, what follows from many entries written in one transaction is told once, at the end."""
    keys: Followers = {}
    token = _waiting.set(keys)
    try:
        yield
    finally:
        _waiting.reset(token)
    if keys:
        _follow(ContentState.locked(), keys, timezone.now())


@transaction.atomic
def record_deletion(entry: Publishable, at: datetime | None = None) -> None:
    """Delete an entry, and tell those who had read it or what it used."""
    stood = standing(entry)
    state = ContentState.locked()
    at = at or timezone.now()
    if entry.is_live:
        _write(state, _rows_of(entry, _told([entry], at)[entry.uuid], [], at, gone_as=KIND.DELETED, fields=None))
    remove_entry(entry)
    entry.delete()
    _follow(state, dict.fromkeys(stood.moved(Standing()), False), at)


def changed_fields(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The names under which two snapshots of an entry differ: a column, a relation, or a set of rows as a whole."""
    names: set[str] = set()
    for part in ("columns", "relations", "rows"):
        old, new = before.get(part, {}), after.get(part, {})
        names |= {name for name in {*old, *new} if old.get(name) != new.get(name)}
    return sorted(names - INTERNAL)


def changed_since(edition: Edition | None) -> list[str] | None:
    """What a publication changed against the one before; None where that is not known. Without an edition, nothing. One query."""
    if edition is None:
        return []
    before = edition.number and Edition.objects.filter(
        entry_type=edition.entry_type, entry_uuid=edition.entry_uuid, number=edition.number - 1
    ).values_list("payload", flat=True).first()  # fmt: skip
    return changed_fields(json.loads(before), json.loads(edition.payload)) if before else None


def _follow(state: ContentState, keys: Followers, at: datetime) -> None:
    """Tell what became of entries that are public only with others; what this changes is followed in turn."""
    entries = _load(keys)
    if not entries:
        return
    told = _told(entries, at)
    spans = {entry: _spans(entry, at, is_sure=keys[type(entry), entry.pk]) for entry in entries}
    found = {entry: _rows_of(entry, told[entry.uuid], spans[entry], at, gone_as=KIND.WITHDRAWN, fields=()) for entry in entries}
    _write(
        state, [row for rows in found.values() for row in rows or ()], removed=any(rows is not None for rows in found.values())
    )
    moved = [entry for entry, rows in found.items() if rows is not None]
    index_entries(moved, spans, at)
    used: Followers = {}
    for entry, rows in found.items():
        if rows is not None:
            for key in standing(entry).used:
                used[key] = used.get(key, False) or _is_lasting(spans[entry], at)
    _follow(state, used, at)


def _is_lasting(spans: list[Span], at: datetime) -> bool:
    return any(at in span and span.end >= FOREVER for span in spans)


def _spans(entry: Any, at: datetime, *, is_sure: bool) -> list[Span]:
    """When a follower is public; one that is surely used from now on for good need not be asked whether it is."""
    if not is_sure:
        spans: list[Span] = entry.public_spans(at)
        return spans
    return overlap(Publishable.public_spans(entry, at), [Span(at, FOREVER)])


def _rows_of(
    entry: Any, told: list[Change], spans: list[Span], at: datetime, *, gone_as: str, fields: Collection[str] | None
) -> list[Change] | None:
    """Replace what was announced of an entry; return its new rows, None if nothing is to be told. `told` ends with what is to come."""
    last = next((row for row in reversed(told) if row.effective_at <= at), None)
    announced = [row for row in told if row.effective_at > at]
    due = _due(last.kind if last else None, spans, at, gone_as, is_edited=fields is None or bool(fields))
    region = entry.region.slug
    changed: Any = sorted(fields or ())
    rows = [
        Change(
            kind=kind, effective_at=when, entry_type=entry.type_label(), entry_uuid=entry.uuid, slug=entry.slug, region=region,
            fields=changed if kind == KIND.UPDATED else changed[:0],
        )
        for kind, when in due
    ]  # fmt: skip
    is_silent = all(row.effective_at > at for row in rows) and fields is not None and not fields
    if is_silent and [_facts(row) for row in rows] == [_facts(row) for row in announced]:
        return None
    if not rows and not announced:
        return None
    Change.objects.filter(pk__in=[row.pk for row in announced]).delete()
    if last and rows and last.region != region and rows[0].effective_at <= at:
        rows[0].region_before = last.region
    return rows


def _facts(row: Change) -> tuple[Any, ...]:
    return row.kind, row.effective_at, row.slug, row.region


def _due(last: str | None, spans: list[Span], at: datetime, gone_as: str, *, is_edited: bool) -> list[tuple[str, datetime]]:
    """What readers notice from now on, given the last change they saw (None: they never saw the entry)."""
    due: list[tuple[str, datetime]] = []
    is_shown = any(at in span for span in spans)
    if is_shown and last in UNSEEN:
        due.append((KIND.PUBLISHED, at))
    elif is_shown and is_edited:
        due.append((KIND.UPDATED, at))
    elif not is_shown and last not in UNSEEN:
        due.append((gone_as, at))
    for span in spans:
        if span.start > at:
            due.append((KIND.PUBLISHED, span.start))
        if at < span.end < FOREVER:
            due.append((KIND.EXPIRED, span.end))
    return due


def _write(state: ContentState, rows: list[Change] | None, *, removed: bool = True) -> None:
    """Number and store rows; a removal alone takes a number too, so that what was kept for longer is asked for again."""
    if rows is None or not (rows or removed):
        return
    first = state.take(len(rows) or 1)
    for number, row in enumerate(sorted(rows, key=lambda row: row.effective_at)):
        row.seq = first + number
    Change.objects.bulk_create(rows)


def _told(entries: Iterable[Any], at: datetime) -> dict[UUID, list[Change]]:
    """For each entry the last change readers have seen and those announced, in their order; one query."""
    found: dict[UUID, list[Change]] = defaultdict(list)
    for row in _told_rows(entries=[entry.uuid for entry in entries], at=at):
        found[row.entry_uuid].append(row)
    return found


@prepared
def _told_rows(*, entries: Any, at: Any) -> Any:
    last = Change.objects.filter(entry_uuid=OuterRef("entry_uuid"), effective_at__lte=at).order_by("-effective_at", "-seq")
    rows = Change.objects.filter(Q(effective_at__gt=at) | Q(pk=Subquery(last.values("pk")[:1])))
    return rows.filter(entry_uuid__in=entries)


def _fresh(model: type[Publishable]) -> Any:
    """Live rows with what their being public depends on, as stored."""
    return model.objects.for_list().filter(copy_of=None)  # type: ignore[attr-defined]  # -- every concrete type has it


@prepared
def _stored(model: type[Publishable], /, *, key: Any) -> Any:
    return _fresh(model).filter(pk=key)


@prepared
def _public_ones(model: type[Publishable], /, *, keys: Any) -> Any:
    return _fresh(model).filter(pk__in=keys, state=State.PUBLISHED)


def _load(keys: Iterable[tuple[type[Publishable], int]]) -> list[Any]:
    """One query for each type."""
    by_model: dict[type[Publishable], list[int]] = defaultdict(list)
    for model, key in keys:
        by_model[model].append(key)
    return [entry for model, found in by_model.items() for entry in _public_ones(model, keys=found)]


KEPT = timedelta(days=180)
"""How long it is told that an entry is gone."""
BATCH = 1000


@transaction.atomic
def prune(before: datetime) -> int:
    """Remove the rows from before a moment that nobody needs to follow: those with a later one of the same entry, and
    tombstones. Kept are the last row of every entry still shown, and the last row of all. Returns how many were removed.
    """
    state = ContentState.locked()
    shown = Change.objects.filter(effective_at__lte=timezone.now())
    newest = shown.order_by("effective_at", "seq").last()
    later = shown.filter(entry_uuid=OuterRef("entry_uuid")).filter(
        Q(effective_at__gt=OuterRef("effective_at")) | Q(effective_at=OuterRef("effective_at"), seq__gt=OuterRef("seq"))
    )
    old = Change.objects.filter(effective_at__lt=before).exclude(seq=newest.seq if newest else 0)
    last_tombstone = old.filter(~Exists(later), kind__in=TOMBSTONES).order_by("effective_at", "seq").last()
    if last_tombstone is not None:
        state.pruned_at, state.pruned_seq = last_tombstone.effective_at, last_tombstone.seq
        state.save(update_fields=["pruned_at", "pruned_seq"])
    needless = list(old.filter(Exists(later) | Q(kind__in=TOMBSTONES)).values_list("pk", flat=True))
    for start in range(0, len(needless), BATCH):
        Change.objects.filter(pk__in=needless[start : start + BATCH]).delete()
    return len(needless)
