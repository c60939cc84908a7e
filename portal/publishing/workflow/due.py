"""Changes of live entries that wait for a date: applied by whoever comes first after it, once."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.publishing.audit import record
from portal.publishing.lifecycle import StaleVersionError
from portal.publishing.models import AuditEntry, State, SubmissionItem, WorkingCopy
from portal.publishing.workflow.publishing import show
from portal.publishing.workflow.refusal import RefusedError
from portal.publishing.workflow.steps import open_item, require_finished

logger = logging.getLogger(__name__)


def due(at: datetime | None = None) -> list[int]:
    """The keys of what is due, earliest first; one query."""
    return list(WorkingCopy.objects.waiting().filter(apply_at__lte=at or timezone.now()).values_list("pk", flat=True))


def apply_due(at: datetime | None = None) -> int:
    """Apply every change whose moment has come, each in a transaction of its own; how many were.

    One that cannot be applied stays as it is and says why to staff; the others go on.
    """
    return sum(_apply(key, at or timezone.now()) for key in due(at))


def _apply(key: int, at: datetime) -> bool:
    try:
        with transaction.atomic():
            about = WorkingCopy.objects.get(pk=key)
            about.model._base_manager.select_for_update().filter(copies=about.entry_id).first()
            about = WorkingCopy.objects.select_for_update().get(pk=key, apply_at__lte=at, problem="")
            _show(about)
    except WorkingCopy.DoesNotExist:  # another worker was faster
        return False
    except (RefusedError, StaleVersionError) as error:
        _put_off(key, str(error))
        return False
    return True


def _show(about: WorkingCopy) -> None:
    copy = about.entry()
    item = open_item(copy) if copy is not None else None
    if copy is None or item is None or copy.state != State.SCHEDULED:
        raise RefusedError(_("这份修改稿已经不在待生效的状态。"))
    if copy.copy_of.state != State.PUBLISHED:
        raise RefusedError(_("原内容已经撤回，这份修改稿不会自动生效。"))
    require_finished([copy], override=_last_override(item))
    show(copy, item, by=about.scheduled_by, at=timezone.now())


def _last_override(item: SubmissionItem) -> str:
    texts = item.reviews.exclude(override="").order_by("-pk").values_list("override", flat=True)
    return texts.first() or ""


def _put_off(key: int, problem: str) -> None:
    with transaction.atomic():
        about = WorkingCopy.objects.filter(pk=key).select_for_update().first()
        if about is None:
            return
        about.problem = problem[:500]
        about.save(update_fields=["problem"])
        record(AuditEntry.Action.NOT_APPLIED, about.entry(), by=None, reason=problem)
    logger.warning("a scheduled change was not applied: %s", problem)
