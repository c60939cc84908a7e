"""Finding the entry an address names, and saying what became of one that is no longer shown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.publishing.models import PastSlug, Publishable, PublishableQuerySet, State
from portal.publishing.prepared import Slot, prepared

Rows = Callable[[], PublishableQuerySet]


@dataclass(frozen=True, slots=True)
class Found:
    """Exactly one is set: the public `entry`, the `moved_to` entry of an old address, or why the entry is `gone`; none: unknown."""

    entry: Any = None
    moved_to: Any = None
    gone: str = ""


def find_public(rows: Rows, slug: str, *, at: datetime | None = None) -> Found:
    """One query for a public entry, up to four for an address that has none. `rows` gives the type with its loading plan."""
    at = at or timezone.now()
    if found := _public(rows, slug=slug, at=at):
        return Found(entry=found[0])
    return _not_shown(rows().model, slug, at)


@prepared
def _public(rows: Rows, /, *, slug: Slot, at: Slot) -> PublishableQuerySet:
    return rows().published(at).filter(slug=slug).order_by("pk")[:1]  # type: ignore[arg-type]  # -- a slot stands for the moment


def _not_shown(model: type[Publishable], slug: str, at: datetime) -> Found:
    past = PastSlug.objects.filter(entry_type=model.type_label(), slug=slug).values_list("entry_uuid", flat=True)
    if past and (moved := model.objects.published(at).filter(uuid=past[0]).first()):  # type: ignore[attr-defined]  # -- every Publishable has the named reads
        return Found(moved_to=moved)
    if past and not model._base_manager.filter(uuid=past[0]).exists():
        return Found(gone=_("这条内容已经删除。"))
    hidden = model._base_manager.filter(slug=slug, copy_of__isnull=True, first_published_at__lte=at).first()
    return Found(gone=_why_gone(hidden, at)) if hidden else Found()


def _why_gone(entry: Any, at: datetime) -> str:
    if entry.state == State.WITHDRAWN:
        return _("这条内容已经撤回。理由：%(reason)s") % {"reason": entry.withdrawn_reason}
    if entry.state == State.PUBLISHED and entry.visible_until <= at:
        day = timezone.localdate(entry.visible_until)
        return _("这条内容的展示期到 %(day)s 为止，现在已经下线。") % {"day": day.isoformat()}
    return ""
