"""What an entry said at each save and each publication: written once, read by history, restore and audit."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.publishing.audit import actor_name, record
from portal.publishing.models import SETTLED, AuditEntry, Edition, Publishable
from portal.publishing.models.edition import EditionQuerySet


def write_save(entry: Any, snapshot: Mapping[str, Any], *, by: Any, at: datetime) -> Edition:
    """Keep what was saved; one query. Saves have no number and may be pruned."""
    edition = _of(entry, snapshot, by=by, at=at, kind=Edition.Kind.SAVED)
    edition.save(force_insert=True)
    return edition


@transaction.atomic(savepoint=False)
def write_edition(entry: Any, snapshot: Mapping[str, Any], *, by: Any, reason: str, kind: str, at: datetime) -> Edition:
    """Keep what was published, chained to the publication before; two queries.

    To be called in the transaction that wrote the entry: the lock of the live row orders two publications of one entry.
    The caller records it in the log with `edition=`.
    """
    edition = _of(entry, snapshot, by=by, at=at, kind=kind, reason=reason)
    earlier = Edition.objects.of(entry).numbered().order_by("-number").values_list("number", "sha256").first()
    number, edition.previous_sha256 = earlier or (0, "")
    edition.number = number + 1
    edition.sha256 = edition.chained_sha256()
    edition.save(force_insert=True)
    return edition


@transaction.atomic
def erase_payload(edition: Edition, *, by: Any, reason: str) -> None:
    """Take the text out of an edition for good and say who did so and why; the chain still verifies.

    ValueError with nothing written without a reason, or where it was erased before.
    """
    stored = Edition.objects.defer("payload").select_for_update().get(pk=edition.pk)
    if not reason.strip():
        raise ValueError(_("请写明清除的理由。"))
    if stored.erased_at is not None:
        raise ValueError(_("这一版的内容已经清除过了。"))
    entry = record(AuditEntry.Action.ERASED, by=by, reason=reason, edition=stored, after={"edition": stored.pk})
    edition.payload, edition.erased_at = "", entry.at
    edition.erased_by_name, edition.erased_reason = entry.actor_name, entry.reason
    edition.save(update_fields=["payload", "erased_at", "erased_by_name", "erased_reason"])


def prune_saves(older_than: datetime) -> int:
    """Delete the saves from before a moment and say how many; publications stay.

    Those of a text still in hand stay too: they say who wrote on it, and so must not approve it.
    """
    rows = Edition.objects.filter(number__isnull=True, created_at__lt=older_than)
    for model in apps.get_models():
        if issubclass(model, Publishable):
            in_hand: Any = model._base_manager.exclude(state__in=SETTLED)
            rows = rows.exclude(entry_type=model.type_label(), entry_id__in=in_hand.values("pk"))
    count, _per_type = rows.delete()
    return count


def history(entry: Any) -> EditionQuerySet:
    """Saves and publications of an entry, newest first, without their texts."""
    return Edition.objects.of(entry).for_list()


def _of(entry: Any, snapshot: Mapping[str, Any], *, by: Any, at: datetime, kind: str, reason: str = "") -> Edition:
    payload = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    payload_sha256 = hashlib.sha256(payload.encode()).hexdigest()
    return Edition(
        entry_type=entry.type_label(),
        entry_uuid=entry.uuid,
        entry_id=entry.pk,
        created_at=at or timezone.now(),
        actor=by,
        actor_name=actor_name(by),
        reason=reason[:500],
        kind=kind,
        payload=payload,
        payload_sha256=payload_sha256,
        digest=payload_sha256,
    )
