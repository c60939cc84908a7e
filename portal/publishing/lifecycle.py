"""The one write path of entries: version check, public dates, past addresses, change rows — in one transaction.

Admin forms, inlines, child pages, the workflow and the sample all save through `save_entry` and then, once the rows are
written too, `finish_entry`.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.publishing.changes import changed_since, record_changes, record_deletion
from portal.publishing.history import keep_history
from portal.publishing.models import Edition, PastSlug, Publishable, State
from portal.publishing.prepared import prepared
from portal.publishing.standing import Standing, standing_columns, stored_standing


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
        entry.stood_before = Standing()  # type: ignore[attr-defined]  # -- read by `record_changes`
    else:
        _claim_version(entry, expected_version)
        stored = _stood(type(entry), key=entry.pk)[0]
        entry.stood_before = stored_standing(entry, stored)  # type: ignore[attr-defined]  # -- the same
        _keep_past_slug(entry, stored)
        entry.dependents_before = set(entry.dependents())  # type: ignore[attr-defined]  # -- afterwards it may have others
    _stamp(entry, at)
    entry.save()


@transaction.atomic
def finish_entry(entry: Publishable, *, at: datetime | None = None, kind: str = "", reason: str = "") -> Edition | None:
    """Keep what the entry now says, and record what readers, feeds and partners will notice, and when.

    `kind` says that this is a publication; its edition is returned. Side effects: the rows that follow from the entry's
    text, and a new version of every entry whose columns follow from this one and changed.
    """
    entry.settle()
    others = {*getattr(entry, "dependents_before", ()), *entry.dependents()}
    _keep_and_tell(_rederive(others, by=entry.updated_by, at=at), at)
    edition = keep_history(entry, by=entry.updated_by, at=at or timezone.now(), kind=kind, reason=reason)
    record_changes(entry, at, fields=changed_since(edition))
    return edition


@transaction.atomic
def touch_entry(entry: Publishable, *, by: Any, expected_version: int | None = None, at: datetime | None = None) -> None:
    """Save an entry as it is in hand, its rows being written already."""
    save_entry(entry, by=by, expected_version=expected_version, at=at)
    finish_entry(entry, at=at)


@transaction.atomic
def delete_entry(entry: Publishable, *, at: datetime | None = None) -> None:
    """Delete an entry and tell those who had read it."""
    dependents = set(entry.dependents())
    _keep_last_slug(entry)
    record_deletion(entry, at)
    _keep_and_tell(_rederive(dependents, by=entry.updated_by, at=at), at)


@prepared
def _stood(model: type[Publishable], /, *, key: Any) -> Any:
    return model._base_manager.filter(pk=key).values("slug", "first_published_at", *standing_columns(model))


def _claim_version(entry: Publishable, expected: int | None) -> None:
    rows = type(entry)._base_manager.filter(pk=entry.pk)
    if expected is not None:
        rows = rows.filter(version=expected)
    if not rows.update(version=F("version") + 1):
        raise StaleVersionError(entry)
    if expected is not None:
        entry.version = expected + 1
    else:
        entry.version = rows.model._base_manager.values_list("version", flat=True).get(pk=entry.pk)


def _rederive(others: set[Any], *, by: Any, at: datetime | None) -> list[Any]:
    """Save as a new version every entry whose columns no longer follow from what they follow from, and return them.

    What is told of them comes later, once every row is locked: the lock for telling is the last one to be taken.
    """
    written: list[Any] = []
    for other in sorted(others, key=lambda other: other.pk):
        if other.rederive():
            save_entry(other, by=by, expected_version=other.version, at=at)
            other.settle()
            written += [*_rederive({*other.dependents_before, *other.dependents()}, by=by, at=at), other]
    return written


def _keep_and_tell(others: list[Any], at: datetime | None) -> None:
    """What follows from others is no part of an edition, so which fields changed is not known."""
    for other in others:
        keep_history(other, by=other.updated_by, at=at or timezone.now())
        record_changes(other, at)


def _keep_last_slug(entry: Publishable) -> None:
    """The address of what readers knew says what became of it, and is given to nothing else."""
    if entry.is_live and entry.first_published_at is not None:
        PastSlug.objects.get_or_create(entry_type=entry.type_label(), slug=entry.slug, defaults={"entry_uuid": entry.uuid})


def _keep_past_slug(entry: Publishable, stored: dict[str, Any]) -> None:
    label = entry.type_label()
    PastSlug.objects.filter(entry_type=label, slug=entry.slug, entry_uuid=entry.uuid).delete()
    if stored["slug"] != entry.slug and stored["first_published_at"] is not None and entry.is_live:
        PastSlug.objects.get_or_create(entry_type=label, slug=stored["slug"], defaults={"entry_uuid": entry.uuid})


def _stamp(entry: Publishable, at: datetime) -> None:
    entry.updated_at = at
    if entry.state != State.PUBLISHED:
        return
    entry.updated_at = max(at, entry.visible_from)
    entry.first_published_at = min(entry.first_published_at or entry.updated_at, entry.updated_at)
    if entry.change_note or entry.public_updated_at is None:
        entry.public_updated_at = entry.updated_at
