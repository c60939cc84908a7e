"""What readers, the API and staff search by."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from portal.search.correction import corrections
from portal.search.filters import ANY, Cell, Filters, Scope
from portal.search.models import SearchState
from portal.search.names import with_references
from portal.search.rarity import weigh
from portal.search.scoring import Scorer
from portal.search.stages import Candidates, Gathering
from portal.search.stores import Row, ScanStore, Store, store
from portal.search.synonyms import synonyms_of
from portal.search.words import Query, literal_query, read_query

COUNT_LIMIT = 1_000
"""Matches are counted up to here: "1000+"."""
DEEPEST = 1_000
"""No page begins beyond."""


@dataclass(frozen=True, slots=True)
class Hit:
    kind: str
    object_id: int


@dataclass(frozen=True, slots=True)
class Found:
    """One page of an answer.

    `total` is exact up to 1,000 and, with cells, beyond; `is_capped` says there are more. `cells` count everything that
    matches the words, whatever the filters: `count_in(cells, filters)` is the number a reader gets who chooses these filters.
    `corrected` is the text searched instead of the one typed, or "". `synonyms`: what else was looked for, by word typed.
    `marks`: what to mark in texts, with the weight of the word, another for each. An empty query, or one without a word of meaning, has `is_empty` set and finds nothing.
    """

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    is_capped: bool = False
    cells: list[Cell] = field(default_factory=list)
    corrected: str = ""
    synonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    marks: dict[str, float] = field(default_factory=dict)
    is_empty: bool = False


def search(
    text: str,
    *,
    filters: Filters = ANY,
    now: datetime | None = None,
    offset: int = 0,
    limit: int = 20,
    with_cells: bool = False,
    correct: bool = True,
) -> Found:
    """Find public documents, best first; any text whatever, of which the first 200 characters are read.

    Where nothing holds all the words, most of them are enough, and a word that is mistyped is taken for the one that is
    meant unless `correct` is False. Pages begin at most 1,000 hits down. Five to twenty queries, all of the index; up to
    eighty where nothing holds the words and a typing error is looked for.
    """
    asking = Asking.at(now, filters)
    query = read_query(text, synonyms_of(asking.state))
    if query.is_empty:
        return Found(is_empty=True)
    answer = asking.answer(query)
    corrected = ""
    if correct and not answer.found.ids:
        for other in corrections(query, asking.state):
            better = read_query(other, synonyms_of(asking.state))
            if asking.finds(better):
                answer, corrected = asking.answer(better), other
                break
    return asking.page(answer, corrected, offset=min(max(offset, 0), DEEPEST), limit=limit, with_cells=with_cells)


def matching(text: str, kind: str, *, now: datetime | None = None, path: str = "pk") -> Q:
    """A condition on the rows of a type: every word of the text is found, in any order and form, wherever it stands.

    For `q` beside other filters of a list. Whatever contains the text is among them. Punctuation alone matches nothing.
    """
    sql, params = matching_rows(text, kind, now=now)
    return Q(**{f"{path}__in": RawSQL(sql, params)})  # noqa: S611 -- the store's own SQL, every value a parameter


def matching_rows(text: str, kind: str, *, now: datetime | None = None) -> tuple[str, list[Any]]:
    """The same as a subquery of the keys and its parameters, for queries that are prepared. Two to four queries."""
    asking = Asking.at(now, Filters(kinds=(kind,)))
    query = read_query(text, synonyms_of(asking.state))
    query = asking.named(literal_query(text) if query.is_empty else query)
    return asking.store.objects(asking.state.generation, query.expression, asking.scope)


def matching_ids(text: str, kind: str, *, now: datetime | None = None, limit: int = 1_000) -> list[int]:
    """The `object_id`s of a type that hold every word of the text: the best first, then the newest."""
    asking = Asking.at(now, Filters(kinds=(kind,)))
    query = read_query(text, synonyms_of(asking.state))
    if query.is_empty:
        query = literal_query(text)
    if query.is_empty:
        return []
    answer = asking.answer(query)
    ranked = [row for row in answer.ranked if row.id in set(answer.found.ids)]
    return [hit.object_id for hit in asking.hits(replace(answer, ranked=ranked), 0, limit)]


def count_in(cells: Sequence[Cell], filters: Filters) -> int:
    """How many of the counted documents pass the filters."""
    return sum(cell.count for cell in cells if filters.accept(cell))


@dataclass(frozen=True)
class Answer:
    query: Query
    found: Candidates
    ranked: list[Row]


@dataclass(frozen=True)
class Asking:
    """One search: the index as it stands and what may be shown."""

    state: SearchState
    store: Store
    scope: Scope

    @classmethod
    def at(cls, now: datetime | None, filters: Filters) -> "Asking":
        """Two queries. Without the tables the stored words are read instead, which is slow and finds the same."""
        now = now or timezone.now()
        state = SearchState.get()
        here = store()
        if not here.is_there(state.generation):
            here = ScanStore()
        return cls(state, here, Scope(now, timezone.localdate(now), filters))

    def named(self, query: Query) -> Query:
        return with_references(query, self.store, self.state.generation, self.scope)

    def finds(self, query: Query) -> bool:
        """Whether anything holds all the words."""
        named = self.named(query)
        return bool(self.store.candidates(self.state.generation, named.expression, "any", self.scope, 1))

    def answer(self, query: Query) -> Answer:
        weighed, rarity = weigh(self.named(query), self.state)
        found = Gathering(self.store, self.state.generation, weighed, self.scope).candidates()
        rows = self.store.rows([*found.ids, *found.loose])
        return Answer(found.query, found, Scorer(found.query, rarity, self.scope.today, is_loose=bool(found.loose)).ranked(rows))

    def page(self, answer: Answer, corrected: str, *, offset: int, limit: int, with_cells: bool) -> Found:
        cells = self._cells(answer.found) if with_cells else []
        total = count_in(cells, self.scope.filters) if with_cells else self._total(answer.found)
        return Found(
            hits=self.hits(answer, offset, limit),
            total=total if with_cells else min(total, COUNT_LIMIT),
            is_capped=total > COUNT_LIMIT,
            cells=cells,
            corrected=corrected,
            synonyms=answer.query.synonyms,
            marks={form: word.idf + place / 1e6 for place, word in enumerate(answer.query.words) for form in word.forms},
        )

    def hits(self, answer: Answer, offset: int, limit: int) -> list[Hit]:
        """The best, and after them whatever else matches, the newest first."""
        rows: list[Row] = answer.ranked[offset : offset + limit]
        missing = limit - len(rows)
        if missing > 0 and not answer.found.is_complete:
            known = {row.id for row in answer.ranked}
            start = max(0, offset - len(answer.ranked))
            ids = self.store.candidates(
                self.state.generation, answer.found.expression, "any", self.scope, len(known) + start + missing
            )
            rest = [one for one in ids if one not in known][start : start + missing]
            order = {key: place for place, key in enumerate(rest)}
            rows += sorted(self.store.rows(rest), key=lambda row: order[row.id])
        return [Hit(row.kind, row.object_id) for row in rows]

    def _total(self, found: Candidates) -> int:
        if found.is_complete:
            return len(found.ids) + len(found.loose)
        known = self.store.count(self.state.generation, found.expression, self.scope, COUNT_LIMIT + 1)
        return known + len(found.loose)

    def _cells(self, found: Candidates) -> list[Cell]:
        """Of all matches, whatever the filters."""
        everything = replace(self.scope, filters=ANY)
        cells = self.store.cube(self.state.generation, found.expression, everything)
        return [*cells, *self.store.cube_of(found.loose_anywhere, everything)]


def cells_of_all(now: datetime | None = None, today: date | None = None) -> list[Cell]:
    """Everything that is public, counted by what it can be filtered by; one query that reads every document."""
    now = now or timezone.now()
    return store().cube_of_all(Scope(now, today or timezone.localdate(now), ANY))


def hit_ids(hits: Sequence[Hit]) -> dict[str, list[int]]:
    """The keys to load, by kind, in the order of the hits."""
    found: dict[str, list[Any]] = {}
    for hit in hits:
        found.setdefault(hit.kind, []).append(hit.object_id)
    return found
