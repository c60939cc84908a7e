"""How much a word tells: the rarer its characters stand together, the more. From the counts, which are the same on both databases."""

from dataclasses import dataclass, replace
from math import log

from portal.search.models import SearchState, TermCount
from portal.search.words import Query
from portal.text.bigrams import asked_bigrams

RARE, MOST_PAIRS = 2, 40
COMMON, FEW = 0.1, 1_000
"""In more than this share of the documents, and in more than these, a pair is common."""


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
    """The query with the weight of each word, and what of it is common; one query."""
    typed = set(asked_bigrams(query.normal)) | {pair for word in query.words for pair in asked_bigrams(word.text)}
    pairs = typed | {pair for word in query.words for form in word.forms for pair in asked_bigrams(form)}
    terms = {pair.removesuffix("*") for pair in pairs}
    counts = dict(TermCount.objects.filter(term__in=terms).values_list("term", "documents")) if terms else {}
    rarity = Rarity({pair: counts.get(pair.removesuffix("*"), RARE) for pair in pairs}, state.documents)
    common = frozenset(pair for pair in pairs if counts.get(pair, 0) > max(COMMON * state.documents, FEW))
    words = tuple(replace(word, idf=rarity.of(word.text), common=common) for word in query.words)
    rare = sorted((pair for pair in typed if not pair.endswith("*")), key=lambda pair: (counts.get(pair, RARE), pair))
    return replace(query, words=words, common=common, rare_pairs=tuple(rare[:MOST_PAIRS])), rarity
