"""Working copies: how an entry that readers know is changed without their seeing half of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.publishing.aggregate import Snapshot, digest, snapshot
from portal.publishing.filling import write_snapshot
from portal.publishing.lifecycle import delete_entry
from portal.publishing.merging import merge
from portal.publishing.models import FOREVER, OPEN, SETTLED, Edition, Publishable, State, WorkingCopy


class DivergedError(Exception):
    """The live entry changed where the working copy changed too; nothing was written. `places` says where."""

    def __init__(self, places: list[str]) -> None:
        self.places = places
        super().__init__(", ".join(places))


@transaction.atomic
def open_copy(live: Publishable, *, by: Any, taken: Snapshot | None = None) -> Any:
    """The open working copy of a published or withdrawn entry, made now unless there is one.

    `taken` is what it says instead of the live text, when it is made (an older edition to restore).
    """
    model: Any = type(live)
    live = model._base_manager.select_for_update().get(pk=live.pk)
    if live.state not in SETTLED or not live.is_live:
        raise ValueError(f"{live.type_label()} {live.pk} is no live entry")
    if (copy := copies_of(live, OPEN).first()) is not None:
        return copy
    base: Any = snapshot(live)
    copy = model(uuid=live.uuid, slug=live.slug, copy_of=live, state=State.DRAFT)
    write_snapshot(copy, _fresh(taken or base), by=by)
    WorkingCopy.objects.create(entry_type=live.type_label(), entry_id=copy.pk, entry_uuid=live.uuid, base=base, opened_by=by)
    return copy


@transaction.atomic
def discard_copy(copy: Publishable) -> None:
    """Delete a working copy with its rows; the live entry stays as it is."""
    WorkingCopy.objects.filter(entry_type=copy.type_label(), entry_id=copy.pk).delete()
    delete_entry(copy)


@transaction.atomic
def apply_copy(copy: Publishable, *, by: Any, at: datetime | None = None, until: datetime | None = None) -> tuple[Any, Any]:
    """Give the live entry the text of its working copy, show it, and delete the copy; returns the live entry and its edition.

    An entry that is or will be shown keeps its dates, but for an `until` that is given; any other is shown from now on.

    DivergedError, with nothing written, when the live text is no longer the one the copy was made from.
    """
    at = at or timezone.now()
    live = _live_of(copy)
    about = about_copy(copy)
    if (now := snapshot(live)) != about.base:
        raise DivergedError(merge(about.base, snapshot(copy), now)[1] or ["columns"])
    taken = snapshot(copy)
    if live.state != State.PUBLISHED or live.visible_until <= at:
        live.visible_from, live.visible_until = at, FOREVER
    live.state, live.withdrawn_reason = State.PUBLISHED, ""
    live.visible_until = until or live.visible_until
    discard_copy(copy)
    note = taken["columns"]["change_note"]
    edition = write_snapshot(live, taken, by=by, at=at, expected_version=live.version, kind=Edition.Kind.PUBLISHED, reason=note)
    return live, edition


@dataclass(frozen=True, slots=True)
class Renewal:
    """A working copy brought up to the live text; `clashes` are the places where both had changed, and the copy's stands."""

    copy: Any
    clashes: list[str]


@transaction.atomic
def renew_copy(copy: Publishable, *, by: Any) -> Renewal:
    """Take over what changed in the live text since the copy was made; what the copy changed stays."""
    about = about_copy(copy)
    live = _live_of(copy)
    theirs = snapshot(live)
    merged, clashes = merge(about.base, snapshot(copy), theirs)
    if merged != snapshot(copy):
        write_snapshot(copy, merged, by=by, expected_version=copy.version)
    about.base = theirs
    about.save(update_fields=["base"])
    return Renewal(copy, clashes)


def is_behind(copy: Any, about: WorkingCopy | None = None) -> bool:
    """Whether the live entry changed since the copy was made; one or two queries."""
    model: Any = type(copy)
    live = model._base_manager.get(pk=copy.copy_of_id)
    return digest(snapshot(live)) != digest((about or about_copy(copy)).base)


def about_copy(copy: Publishable) -> WorkingCopy:
    return WorkingCopy.objects.get(entry_type=copy.type_label(), entry_id=copy.pk)


def copies_of(live: Any, states: Any) -> Any:
    return type(live)._base_manager.filter(copy_of=live.pk, state__in=states)


def _live_of(copy: Any) -> Any:
    """Locked until the transaction ends."""
    return type(copy)._base_manager.select_for_update().get(pk=copy.copy_of_id)


def _fresh(taken: Snapshot) -> Snapshot:
    """A note tells of one change; the next begins without."""
    return {**taken, "columns": {**taken["columns"], "change_note": ""}}
