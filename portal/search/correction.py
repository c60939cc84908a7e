"""What may have been meant where nothing holds the words typed: one character was another."""

from collections.abc import Iterator

from portal.search.lexicon import lexicon_of, sound_alike
from portal.search.models import SearchState
from portal.search.words import Query

MAX_LENGTH, SHORTEST, LONGEST, MOST = 18, 3, 6, 3


def corrections(query: Query, state: SearchState) -> list[str]:
    """At most three other texts, likeliest first: what sounds alike, then longer words, then more usual ones."""
    text = query.normal
    if len(text) > MAX_LENGTH:
        return []
    lexicon = lexicon_of(state)
    found: dict[str, tuple[bool, int, int, str]] = {}
    for start, word in _windows(text):
        if word in lexicon.weights:
            continue
        for term in lexicon.one_off(word):
            other = text[:start] + term + text[start + len(word) :]
            rank = (not sound_alike(word, term), -len(word), -lexicon.weights[term], other)
            found[other] = min(rank, found.get(other, rank))
    return sorted(found, key=lambda other: found[other])[:MOST]


def _windows(text: str) -> Iterator[tuple[int, str]]:
    for length in range(LONGEST, SHORTEST - 1, -1):
        for start in range(len(text) - length + 1):
            word = text[start : start + length]
            if word.isalnum() and not word.isascii():
                yield start, word
