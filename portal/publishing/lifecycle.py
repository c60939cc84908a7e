"""The one write path of entries: version check, public dates, past addresses, change rows — in one transaction.

Admin forms, inlines, child pages, actions and the sample all save through `save_entry` and `finish_entry`, or for the
page of a child through `touch_entry`.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.publishing.models import FOREVER, Change, ContentState, PastSlug, Publishable, State


class StaleVersionError(Exception):
    """Somebody else saved this entry after the text at hand was read; nothing was written."""

    def __init__(self, entry: Model) -> None:
        self.entry = entry
        super().__init__(_("这条内容刚刚被别人修改过，您的修改没有保存。"))


@transaction.atomic
def save_entry(entry: Publishable, *, by: Any, expected_version: int | None = None, at: datetime | None = None) -> None:
    """Write the entry's own row; call `finish_entry` once its children are written too.

    `expected_version` is the version the editor read; it is compared inside the UPDATE, and StaleVersionError is raised
    with nothing written when it is no longer the stored one. Side effects: version + 1, past slug, first_published_at.
    """
    at = at or timezone.now()
    entry.updated_by = by
    if entry.pk is None:
        entry.created_by = by
        entry.version = 1
    else:
        _claim_version(entry, expected_version)
        _keep_past_slug(entry)
        entry.dependents_before = set(entry.dependents())  # type: ignore[attr-defined]  # -- afterwards it may have others
    _stamp(entry, at)
    entry.save()


@transaction.atomic
def finish_entry(entry: Publishable, *, at: datetime | None = None) -> None:
    """Record what readers, feeds and partners will notice, and when; two to five queries.

    Side effects: the rows that follow from the entry's text, and a new version of every entry whose columns follow
    from this one and changed.
    """
    at = at or timezone.now()
    entry.settle()
    _record_changes(entry, at, Change.Kind.WITHDRAWN)
    _rederive({*getattr(entry, "dependents_before", ()), *entry.dependents()}, by=entry.updated_by, at=at)


def _record_changes(entry: Publishable, at: datetime, gone_as: str) -> None:
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


@transaction.atomic
def touch_entry(entry: Publishable, *, by: Any, expected_version: int | None = None, at: datetime | None = None) -> None:
    """Lock and bump an entry because one of its children is being written on the child's own page."""
    save_entry(entry, by=by, expected_version=expected_version, at=at)
    finish_entry(entry, at=at)


@transaction.atomic
def delete_entry(entry: Publishable, *, at: datetime | None = None) -> None:
    """Delete an entry and tell those who had read it."""
    at = at or timezone.now()
    entry.state = State.DRAFT
    dependents = set(entry.dependents())
    _record_changes(entry, at, Change.Kind.DELETED)
    entry.delete()
    _rederive(dependents, by=entry.updated_by, at=at)


def _claim_version(entry: Publishable, expected: int | None) -> None:
    rows = type(entry)._base_manager.filter(pk=entry.pk)
    if expected is not None:
        rows = rows.filter(version=expected)
    if not rows.update(version=F("version") + 1):
        raise StaleVersionError(entry)
    entry.version = rows.model._base_manager.values_list("version", flat=True).get(pk=entry.pk)


def _rederive(others: set[Any], *, by: Any, at: datetime) -> None:
    """Save as a new version every entry whose columns no longer follow from what they follow from."""
    for other in others:
        if other.rederive():
            touch_entry(other, by=by, expected_version=other.version, at=at)


def _keep_past_slug(entry: Publishable) -> None:
    stored = type(entry)._base_manager.values_list("slug", "first_published_at").get(pk=entry.pk)
    label = entry.type_label()
    PastSlug.objects.filter(entry_type=label, slug=entry.slug, entry_uuid=entry.uuid).delete()
    if stored[0] != entry.slug and stored[1] is not None and entry.is_live:
        PastSlug.objects.get_or_create(entry_type=label, slug=stored[0], defaults={"entry_uuid": entry.uuid})


def _stamp(entry: Publishable, at: datetime) -> None:
    entry.updated_at = at
    if entry.state != State.PUBLISHED:
        return
    entry.updated_at = max(at, entry.visible_from)
    entry.first_published_at = min(entry.first_published_at or entry.updated_at, entry.updated_at)
    if entry.change_note or entry.public_updated_at is None:
        entry.public_updated_at = entry.updated_at


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
