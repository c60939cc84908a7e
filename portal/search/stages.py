"""Gathering candidates from the strictest to the loosest reading of a query; every stage asks the dates before its cap."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, combinations, islice

from portal.search.expression import Expression, every, some
from portal.search.filters import ANY, Scope
from portal.search.stores import Store
from portal.search.stores.base import Tier
from portal.search.words import Query, Word, number_expression, without
from portal.text.bigrams import asked_bigrams, asked_words

ALL = 150
"""With no more matches than this, all of them are scored."""
NEWEST, FEW, ENOUGH, MUCH, EACH = 40, 10, 80, 320, 60
INFORMATIVE, TELLING = 6, 12
MOST_READINGS = 26
QUESTION, RARE = 4, 3.0
"""From how many words on it is a question; and what tells something by itself: in a twentieth of the documents at most."""
PHRASE = 5
"""From this many characters on, a query that stands somewhere as it is typed needs nothing looser."""


@dataclass
class Candidates:
    """`expression` is what all matches hold; where that was too little, `loose` are more that hold some of the words of `query`."""

    query: Query
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
        found = Candidates(self.query, self.query.expression)
        found.ids = self._ask(found.expression, "any", ALL + 1, self.scope)
        found.is_complete = len(found.ids) <= ALL
        if not found.is_complete:
            found.ids = self._likeliest(found.ids)
        if len(self.query.words) > 1:
            self._widen(found)
        return found

    def _ask(self, expression: Expression, tier: Tier, cap: int, scope: Scope) -> list[int]:
        return self.store.candidates(self.generation, expression, tier, scope, cap)

    def _likeliest(self, newest: list[int]) -> list[int]:
        """Of too many: those with the number, the text or the words in the title, in the keys, and the newest."""
        seen: dict[int, None] = {}
        for expression, tier, cap in self._strict():
            seen |= dict.fromkeys(self._ask(expression, tier, cap, self.scope))
        return list(seen | dict.fromkeys(newest[:NEWEST]))

    def _strict(self) -> Iterator[tuple[Expression, Tier, int]]:
        query = self.query
        if query.numbers:
            yield number_expression(query.numbers), "head", 60
        if len(query.words) > 1:
            yield every(without(asked_words(query.normal), query.common)), "title", 40
        yield every(word.likely for word in query.words), "title", 80
        yield query.likely, "head", 100
        if query.likely != query.expression:
            yield query.likely, "any", 60

    def _widen(self, found: Candidates) -> None:
        """Where the words alone find little, add what holds most of them; filters narrow that, they never widen."""
        is_filtered = self.scope.filters != ANY
        everything = replace(self.scope, filters=ANY)
        if not found.is_complete or len(found.ids) >= FEW:
            return
        strict = self._ask(found.expression, "any", FEW, everything) if is_filtered else found.ids
        if len(strict) >= FEW or (strict and self._stands_as_typed(everything)):
            return
        if not strict:
            found.query = replace(self.query, words=tuple(self._living(everything)) or self.query.words)
        found.loose_anywhere = self._loose(found.query.words, set(strict), everything)
        shown = self.store.shown_among(found.loose_anywhere, self.scope) if is_filtered else set(found.loose_anywhere)
        found.loose = [one for one in found.loose_anywhere if one in shown]

    def _stands_as_typed(self, everything: Scope) -> bool:
        if self.query.numbers and self._ask(number_expression(self.query.numbers), "head", 1, everything):
            return True
        run = asked_bigrams(self.query.normal)
        return len(run) >= PHRASE and bool(self._ask(every(without(run, self.query.common)), "any", 1, everything))

    def _living(self, everything: Scope) -> Iterator[Word]:
        """The words that stand anywhere at all, or else what is left of one without the characters joined to it."""
        for word in self.query.words:
            if self._ask(word.expression, "any", 1, everything):
                yield word
            elif word.core:
                yield replace(word, forms=(word.core,), core="")

    def _loose(self, all_words: Iterable[Word], strict: set[int], everything: Scope) -> list[int]:
        """Documents that hold most of the most telling words, strictest first; one of few words only in title or keys."""
        words = sorted(all_words, key=lambda word: (-word.idf, word.text))[:TELLING]
        loose: dict[int, None] = {}
        enough = MUCH if len(words) >= QUESTION else ENOUGH
        singles: list[Expression] = [word.likely for word in words if len(words) > 1 or word.idf >= RARE]
        singles += self.query.rare_pairs if len(words) >= QUESTION else ()
        readings = chain(_looser(words), ((one, "any") for one in singles))
        for expression, tier in islice(readings, MOST_READINGS):
            ids = self._ask(expression, tier, EACH, everything)
            loose |= dict.fromkeys(one for one in ids if one not in strict)
            if len(loose) >= enough:
                break
        return list(loose)


def _looser(words: list[Word]) -> Iterator[tuple[Expression, Tier]]:
    """All that are left; all but one; each three and each two of the most telling; then, of few, any one in title or keys."""
    if len(words) > 1:
        yield every(word.likely for word in words), "any"
    if len(words) > 4:
        telling = words[:INFORMATIVE]
        yield some(every(word.likely for word in chosen) for chosen in combinations(telling, len(telling) - 1)), "any"
    for size in (3, 2):
        for chosen in combinations(words[:4], size) if size < len(words) else ():
            yield every(word.likely for word in chosen), "any"
    if len(words) <= 3:
        yield some(word.likely for word in words), "head"
