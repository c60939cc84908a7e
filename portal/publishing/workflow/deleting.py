from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from portal.publishing.audit import record
from portal.publishing.lifecycle import delete_entry
from portal.publishing.models import AuditEntry, Publishable
from portal.publishing.rights import Act
from portal.publishing.workflow.steps import locked, require


@transaction.atomic
def delete(entries: Iterable[Publishable], *, by: Any) -> list[Any]:
    """Delete entries as they were seen, all or none, and return the rows there were.

    StaleVersionError when one was written since; ProtectedError when an entry that stays uses one.
    """
    rows = [locked(entry) for entry in sorted(entries, key=lambda entry: entry.pk)]
    for row in rows:
        require(by, Act.DELETE, row)
    delete_in_any_order(rows, lambda row: _delete(row, by))
    return rows


def delete_in_any_order(rows: Iterable[Any], delete_one: Callable[[Any], None]) -> None:
    """Delete rows one by one; one that another of them protects waits for its turn. ProtectedError if none can go."""
    waiting = list(rows)
    while waiting:
        still: list[Any] = []
        for row in waiting:
            try:
                with transaction.atomic():
                    delete_one(row)
            except ProtectedError:
                still.append(row)
        if len(still) == len(waiting):
            raise ProtectedError("rows protect one another", set(still))
        waiting = still


def _delete(row: Any, by: Any) -> None:
    record(AuditEntry.Action.DELETED, row, by=by)
    delete_entry(row)
