"""The one way a row of the log is written: in the transaction of what it tells, chained to the row before."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.publishing.models import AuditEntry, ContentState, Edition
from portal.publishing.models.json_text import JsonTextField
from portal.staff.origin import origin

LONGEST_TEXT = 300
"""Characters kept of one value in `before` and `after`; what is longer is cut and followed by the hash of the whole."""
LONGEST_TITLE, LONGEST_NAME, LONGEST_REASON, LONGEST_ADDRESS = 100, 150, 500, 45


@transaction.atomic(savepoint=False)
def record(
    action: str,
    entry: Any = None,
    *,
    by: Any,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    edition: Edition | None = None,
    head: ContentState | None = None,
) -> AuditEntry:
    """Write one row of the log: two queries, the first of which takes the lock of the content version.

    Who has read that row under its lock since the last row of the log was written gives it as `head` and saves a query.

    `entry` is any row; of an entry the log keeps type, identity, title and region. `by` is None for the system.
    `before` and `after` hold only what differs, by field. `edition` is the one written along: `verify_audit` looks for it.
    """
    head = head or ContentState.locked()
    source = origin.get()
    row = AuditEntry(
        number=head.audit_number + 1,
        at=timezone.now(),
        actor_id=by.pk if by is not None else None,
        actor_name=actor_name(by),
        action=action,
        **_identity(entry, edition) | {"before": _shortened(before), "after": _shortened(after)},
        edition_sha256=edition.sha256 if edition else "",
        reason=reason[:LONGEST_REASON],
        request_id=source.request_id,
        address=source.address[:LONGEST_ADDRESS],
        previous_sha256=head.audit_sha256,
    )
    row.sha256 = row.chained_sha256(stored(row.before), stored(row.after))
    row.save(force_insert=True)
    return row


def actor_name(by: Any) -> str:
    return str(by)[:LONGEST_NAME] if by is not None else _("系统")


def stored(value: Any) -> str:
    """What the column of `before` or `after` holds for a value."""
    return JsonTextField().get_prep_value(value)


def changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values that differ, for `before` and `after`; a name that only one side has is None on the other."""
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return {name: old.get(name) for name in names}, {name: new.get(name) for name in names}


def _identity(entry: Any, edition: Edition | None) -> dict[str, Any]:
    if entry is None:
        kept = ("entry_type", "entry_uuid", "entry_id")
        return {name: getattr(edition, name) for name in kept} if edition else {}
    label = entry._meta.label_lower
    return {
        "entry_type": label,
        "entry_uuid": getattr(entry, "uuid", None),
        "entry_id": entry.pk,
        "entry_title": str(entry)[:LONGEST_TITLE],
        "region_id": entry.pk if label == "regions.region" else getattr(entry, "region_id", None),
    }


def _shortened(values: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: _short(value) for name, value in (values or {}).items()}


def _short(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    text = value if isinstance(value, str) else stored(value) if isinstance(value, list | dict) else str(value)
    if len(text) <= LONGEST_TEXT:
        return value if isinstance(value, list | dict) else text
    return f"{text[:LONGEST_TEXT]}… sha256:{hashlib.sha256(text.encode(errors='replace')).hexdigest()}"
