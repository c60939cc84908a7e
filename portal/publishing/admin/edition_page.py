from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from portal.publishing.admin.picker import KEY
from portal.publishing.models import Edition

PAGE = 50


@dataclass(frozen=True, slots=True)
class EditionRow:
    """`earlier` is the edition before, if there is one."""

    edition: Edition
    earlier: Edition | None


@dataclass(frozen=True, slots=True)
class EditionPage:
    """Newest first; `next_before` is the key to ask for what is older with, empty on the last page."""

    rows: list[EditionRow]
    next_before: str
    is_first: bool


def edition_page(editions: Any, *, before: str) -> EditionPage | None:
    """One page of the history, or None where `before` is none of them; one or two queries, however many there are."""
    rows = editions.for_list()
    if before:
        last = rows.filter(pk=before).first() if KEY.fullmatch(before) else None
        if last is None:
            return None
        rows = rows.filter(Q(created_at__lt=last.created_at) | Q(created_at=last.created_at, pk__lt=last.pk))
    found: list[Edition] = list(rows[: PAGE + 1])
    earlier = [*found[1:], None]
    shown = [EditionRow(edition, one) for edition, one in zip(found, earlier, strict=False)][:PAGE]
    return EditionPage(shown, str(shown[-1].edition.pk) if len(found) > PAGE else "", not before)
