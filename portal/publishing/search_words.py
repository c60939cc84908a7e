"""Writing the words of the search: effective with the next answer, and told in the log."""

from typing import Any

from django.db import transaction

from portal.publishing.audit import changed, record
from portal.publishing.models import AuditEntry, ContentState
from portal.search.models import Synonym

COLUMNS = ("term", "equivalents", "both_ways", "is_active")


@transaction.atomic
def save_synonym(row: Synonym, *, by: Any) -> None:
    """Every public answer is new from then on. Taking the number of the change first locks out whoever saves at the same time."""
    ContentState.next_seq()
    stored = Synonym.objects.filter(pk=row.pk).first() if row.pk else None
    row.save()
    before, after = changed(_columns(stored), _columns(row))
    if after:
        record(AuditEntry.Action.SYNONYM_SAVED, row, by=by, before=before, after=after)


@transaction.atomic
def delete_synonym(row: Synonym, *, by: Any) -> None:
    ContentState.next_seq()
    record(AuditEntry.Action.SYNONYM_DELETED, row, by=by, before=_columns(row))
    row.delete()


def _columns(row: Synonym | None) -> dict[str, Any]:
    return {name: getattr(row, name) for name in COLUMNS} if row else {}
