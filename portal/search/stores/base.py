"""What both stores share: everything but the tables with the tokens."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from django.db import connection

from portal.search.document import Words
from portal.search.expression import Expression
from portal.search.filters import STATUS, Cell, Scope

Tier = Literal["title", "head", "any"]
"""Where the tokens stand: in the title, in title and keys, anywhere."""
DOCUMENT, TEXT = "search_searchdocument", "search_searchtext"


class Row(NamedTuple):
    """A candidate with all that the scorer reads."""

    id: int
    kind: str
    object_id: int
    published_on: int
    force_from: int
    force_until: int
    label: str
    title: str
    keys: str
    readings: str
    names: str
    body: str

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.object_id}"


class Store(ABC):
    """Tokens in, candidates out. All SQL of the index stands in the stores; everything else is the same on both databases."""

    join = "JOIN"

    @abstractmethod
    def create(self, generation: int) -> None: ...

    @abstractmethod
    def drop(self, generation: int) -> None: ...

    @abstractmethod
    def is_there(self, generation: int) -> bool: ...

    @abstractmethod
    def put(self, generation: int, id: int, words: Words, before: Words | None) -> None:
        """Write the tokens of a document; `before` are the words it is indexed with, None for none."""

    @abstractmethod
    def delete(self, generation: int, id: int, before: Words) -> None: ...

    @abstractmethod
    def source(self, generation: int, expression: Expression, tier: Tier) -> tuple[str, list[Any]]:
        """A subquery of the ids of all documents that hold the tokens, public or not, as a column `id`."""

    @abstractmethod
    def term_counts(self, generation: int) -> Iterable[tuple[str, int]]:
        """Each pair of characters with the number of documents that hold it."""

    def candidates(self, generation: int, expression: Expression, tier: Tier, scope: Scope, cap: int) -> list[int]:
        """At most `cap` documents that hold the tokens and may be shown, newest first."""
        source, params = self.source(generation, expression, tier)
        shown, more = _shown(scope)
        sql = f"SELECT m.id FROM ({source}) m {self.join} {DOCUMENT} d ON d.id = m.id WHERE {shown} ORDER BY m.id DESC LIMIT %s"  # noqa: S608 -- no input in it
        return [row[0] for row in fetch(sql, [*params, *more, cap])]

    def count(self, generation: int, expression: Expression, scope: Scope, cap: int) -> int:
        source, params = self.source(generation, expression, "any")
        shown, more = _shown(scope)
        sql = (
            f"SELECT COUNT(*) FROM (SELECT 1 FROM ({source}) m {self.join} {DOCUMENT} d ON d.id = m.id WHERE {shown} LIMIT %s) n"  # noqa: S608 -- no input in it
        )
        return int(fetch(sql, [*params, *more, cap])[0][0])

    def cube(self, generation: int, expression: Expression, scope: Scope) -> list[Cell]:
        """All documents that hold the tokens and may be shown, counted by what they can be filtered by."""
        source, params = self.source(generation, expression, "any")
        return self._cube(f"({source}) m {self.join} {DOCUMENT} d ON d.id = m.id", params, scope)

    def cube_of(self, ids: Sequence[int], scope: Scope) -> list[Cell]:
        """The same of documents that are known."""
        if not ids:
            return []
        chosen, params = _chosen(ids)
        return self._cube(f"{chosen} {self.join} {DOCUMENT} d ON d.id = c.chosen", params, scope)

    def cube_of_all(self, scope: Scope) -> list[Cell]:
        return self._cube(f"{DOCUMENT} d", [], scope)

    def rows(self, ids: Sequence[int]) -> list[Row]:
        if not ids:
            return []
        sql = (
            f"SELECT d.id, d.kind, d.object_id, d.published_on, d.force_from, d.force_until, t.label, t.title, t.keys, t.readings, t.names, t.body "  # noqa: S608 -- no input in it
            f"FROM {DOCUMENT} d JOIN {TEXT} t ON t.document_id = d.id WHERE d.id IN ({', '.join(['%s'] * len(ids))})"
        )
        return [Row(*row) for row in fetch(sql, list(ids))]

    def shown_among(self, ids: Sequence[int], scope: Scope) -> set[int]:
        """Those of known documents that pass the filters."""
        if not ids:
            return set()
        chosen, params = _chosen(ids)
        shown, more = _shown(scope)
        sql = f"SELECT d.id FROM {chosen} {self.join} {DOCUMENT} d ON d.id = c.chosen WHERE {shown}"  # noqa: S608 -- no input in it
        return {row[0] for row in fetch(sql, [*params, *more])}

    def objects(self, generation: int, expression: Expression, scope: Scope) -> tuple[str, list[Any]]:
        """A subquery of the `object_id`s, for a condition on the rows of a type."""
        source, params = self.source(generation, expression, "any")
        shown, more = _shown(scope)
        return f"SELECT d.object_id FROM ({source}) m {self.join} {DOCUMENT} d ON d.id = m.id WHERE {shown}", [*params, *more]  # noqa: S608 -- no input in it

    def _cube(self, source: str, params: list[Any], scope: Scope) -> list[Cell]:
        shown, more = _shown(scope)
        sql = (
            f"SELECT d.kind, d.region, d.applies_below, d.topics, {STATUS} AS status, COUNT(*) FROM {source} WHERE {shown} "  # noqa: S608 -- no input in it
            "GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5"
        )
        day = scope.today.toordinal()
        return [
            Cell(kind, region, bool(below), stored_topics(topics), status, count)
            for kind, region, below, topics, status, count in fetch(sql, [day, day, *params, *more])
        ]


def _chosen(ids: Sequence[int]) -> tuple[str, list[Any]]:
    places = ", ".join(["%s"] * len(ids))
    return f"(SELECT id AS chosen FROM {DOCUMENT} WHERE id IN ({places})) c", list(ids)  # noqa: S608 -- no input in it


def _shown(scope: Scope) -> tuple[str, list[Any]]:
    """The one place where the dates of a document are compared."""
    moment = connection.ops.adapt_datetimefield_value(scope.now)
    narrowed, params = scope.filters.sql(scope.today)
    return f"d.visible_from <= %s AND d.visible_until > %s{narrowed}", [moment, moment, *params]


def stored_topics(text: str) -> tuple[int, ...]:
    return tuple(int(one) for one in text.split(",") if one)


def fetch(sql: str, params: Sequence[Any] = ()) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
