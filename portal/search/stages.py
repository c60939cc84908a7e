"""Gathering candidates from the strictest to the loosest reading of a query; every stage asks the dates before its cap."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations

from portal.search.expression import NOTHING, Expression, every, some
from portal.search.filters import ANY, Scope
from portal.search.stores import Store
from portal.search.stores.base import Tier
from portal.search.words import Query, Word, number_expression
from portal.text.bigrams import asked_bigrams

ENOUGH, MOST, FEW = 160, 320, 20
INFORMATIVE = 6


@dataclass
class Candidates:
    """`expression` is what all matches hold; where that was too little, `loose` are more that hold some of it."""

    expression: Expression
    ids: list[int] = field(default_factory=list)
    loose: list[int] = field(default_factory=list)
    loose_anywhere: list[int] = field(default_factory=list)
    """The same whatever the filters."""
    is_complete: bool = False
    """Whether `ids` are all there are."""


@dataclass(frozen=True, slots=True)
class Gathering:
    store: Store
    generation: int
    query: Query
    scope: Scope

    def candidates(self) -> Candidates:
        found = Candidates(self.query.expression)
        seen: dict[int, None] = {}
        for expression, tier, cap in self._strict():
            ids = self._ask(expression, tier, cap, self.scope)
            seen |= dict.fromkeys(ids)
            if tier == "any" and expression == found.expression and len(ids) < cap:
                found.is_complete = True
            if len(seen) >= ENOUGH and tier != "any":
                break
        found.ids = list(seen)[:MOST]
        if len(self.query.words) > 1:
            self._widen(found)
        return found

    def _ask(self, expression: Expression, tier: Tier, cap: int, scope: Scope) -> list[int]:
        return self.store.candidates(self.generation, expression, tier, scope, cap)

    def _strict(self) -> Iterator[tuple[Expression, Tier, int]]:
        query = self.query
        if query.numbers:
            yield number_expression(query.numbers), "head", 60
        run = asked_bigrams(query.normal)
        if len(query.words) > 1 and run:
            yield every(run), "title", 100
        words = every(word.expression for word in query.words)
        yield words, "title", 100
        yield query.expression, "head", 120
        yield query.expression, "any", 200

    def _widen(self, found: Candidates) -> None:
        """Where the words alone find little, add what holds most of them; filters narrow that, they never widen."""
        is_filtered = self.scope.filters != ANY
        everything = replace(self.scope, filters=ANY)
        if not is_filtered and not (found.is_complete and len(found.ids) < FEW):
            return
        strict = self._ask(found.expression, "any", FEW, everything) if is_filtered else found.ids
        if len(strict) >= FEW:
            return
        found.loose_anywhere = self._loose(set(strict), everything)
        shown = self.store.shown_among(found.loose_anywhere, self.scope) if is_filtered else set(found.loose_anywhere)
        found.loose = [one for one in found.loose_anywhere if one in shown]

    def _loose(self, strict: set[int], everything: Scope) -> list[int]:
        """Documents that hold most of the most telling words: five of six before four, down to two, or one of few."""
        words = sorted(self.query.words, key=lambda word: (-word.idf, word.text))[:INFORMATIVE]
        loose: dict[int, None] = {}
        for size in range(min(len(words) - 1, 5), 0, -1):
            if (size == 1 and len(words) > 3) or len(strict) + len(loose) >= MOST:
                break
            ids = self._ask(_some_of(words, size), "head" if size == 1 else "any", 60 + 20 * size, everything)
            loose |= dict.fromkeys(one for one in ids if one not in strict)
        return list(loose)[: MOST - len(strict)]


def _some_of(words: list[Word], size: int) -> Expression:
    choices = [every(word.expression for word in chosen) for chosen in combinations(words, size)]
    return some(choices) if choices else NOTHING
