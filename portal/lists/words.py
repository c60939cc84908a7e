"""The filter `q` of every list: the rows that hold all the words, found by the index."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy

from portal.lists.filters import StrictFilter
from portal.search.searching import matching_rows


@dataclass(frozen=True, slots=True)
class Match:
    """The keys of what was found, as a subquery: its text is part of the shape of a query, its parameters only fill it."""

    sql: str
    params: tuple[Any, ...]


class WordsFilter(StrictFilter):
    """Rows of which every word is found. `path` leads from a row to the entry that is in the index, whose type is `kind`."""

    def __init__(self, path: str = "pk", *, kind: str = "", **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(path, **{"label": gettext_lazy("查找"), **kwargs})

    def read(self, text: str) -> str:
        return text

    def match(self, text: str) -> Match:
        """Two to four queries, all of the index."""
        sql, params = matching_rows(text, self.kind or self.parent.model._meta.label_lower)
        return Match(sql, tuple(params))

    def filter(self, rows: QuerySet[Any], value: Match | str | None) -> QuerySet[Any]:
        if not value:
            return rows
        found = value if isinstance(value, Match) else self.match(value)
        return rows.filter(**{f"{self.field_name}__in": RawSQL(found.sql, found.params)})  # noqa: S611 -- the index's own SQL
