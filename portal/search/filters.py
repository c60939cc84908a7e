"""Which documents are asked for besides the words; the same rule as SQL and for a cell of the counts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

STATUS = "CASE WHEN d.force_until < %s THEN d.status_after WHEN d.force_from > %s THEN d.status_before ELSE d.status_during END"


@dataclass(frozen=True, slots=True)
class Cell:
    """Documents alike in all that can be filtered, and how many there are."""

    kind: str
    region: int
    applies_below: bool
    topics: tuple[int, ...]
    status: str
    count: int


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty means any. A document serves `region` when it belongs to it, or to one in `above` and applies below.

    `topics`: at least one of them.
    """

    kinds: tuple[str, ...] = ()
    region: int = 0
    above: tuple[int, ...] = ()
    topics: tuple[int, ...] = ()
    statuses: tuple[str, ...] = ()

    def accept(self, cell: Cell) -> bool:
        return (
            (not self.kinds or cell.kind in self.kinds)
            and (not self.statuses or cell.status in self.statuses)
            and (not self.topics or not set(self.topics).isdisjoint(cell.topics))
            and self._serves(cell)
        )

    def _serves(self, cell: Cell) -> bool:
        return not self.region or cell.region == self.region or (cell.applies_below and cell.region in self.above)

    def sql(self, today: date) -> tuple[str, list[Any]]:
        """Conditions on `search_searchdocument d`, each beginning with AND."""
        text = ""
        params: list[Any] = []
        if self.kinds:
            text += f" AND d.kind IN ({_places(self.kinds)})"
            params += self.kinds
        if self.region:
            text += f" AND (d.region = %s OR (d.applies_below = %s AND d.region IN ({_places(self.above or (0,))})))"
            params += [self.region, True, *(self.above or (0,))]
        if self.topics:
            text += f" AND ({' OR '.join(['d.topics LIKE %s'] * len(self.topics))})"
            params += [f"%,{topic},%" for topic in self.topics]
        if self.statuses:
            text += f" AND {STATUS} IN ({_places(self.statuses)})"
            params += [today.toordinal(), today.toordinal(), *self.statuses]
        return text, params


ANY = Filters()


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be shown at a moment, narrowed by filters: every reading of the index goes through it."""

    now: datetime
    today: date
    filters: Filters = ANY


def _places(values: tuple[Any, ...]) -> str:
    return ", ".join(["%s"] * len(values))
