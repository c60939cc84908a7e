"""How much a word tells: the rarer its characters stand together, the more. From the counts, which are the same on both databases."""

from dataclasses import dataclass, replace
from math import log

from portal.search.models import SearchState, TermCount
from portal.search.words import Query
from portal.text.bigrams import asked_bigrams

RARE, MOST_PAIRS = 2, 40


@dataclass(frozen=True, slots=True)
class Rarity:
    """Of the pairs of characters in a query."""

    counts: dict[str, int]
    documents: int

    def of(self, text: str) -> float:
        """Of a text all of whose pairs stand together: the rarest decides."""
        pairs = asked_bigrams(text)
        return self.of_count(min((self.counts.get(pair, RARE) for pair in pairs), default=RARE))

    def of_count(self, count: int) -> float:
        return log(1 + (max(self.documents, count) + 0.5) / (count + 0.5))


def weigh(query: Query, state: SearchState) -> tuple[Query, Rarity]:
    """The query with the weight of each word; one query."""
    pairs = {pair for word in query.words for pair in asked_bigrams(word.text)} | set(asked_bigrams(query.normal))
    terms = {pair.removesuffix("*") for pair in pairs}
    counts = dict(TermCount.objects.filter(term__in=terms).values_list("term", "documents")) if terms else {}
    rarity = Rarity({pair: counts.get(pair.removesuffix("*"), RARE) for pair in pairs}, state.documents)
    words = tuple(replace(word, idf=rarity.of(word.text)) for word in query.words)
    rare = sorted((pair for pair in pairs if not pair.endswith("*")), key=lambda pair: (counts.get(pair, RARE), pair))
    return replace(query, words=words, rare_pairs=tuple(rare[:MOST_PAIRS])), rarity
