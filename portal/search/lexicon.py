"""The words of titles in memory: what begins alike, and what differs in one character."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from portal.search.models import Lexeme, SearchState

SYLLABLES = Path(__file__).parent / "data" / "syllables.txt"
BEYOND = "\U0010ffff"


class Lexicon:
    """Loaded once for every count of the words; about 4 MB for 30,000 of them."""

    def __init__(self, weights: dict[str, int]) -> None:
        self.weights = weights
        self._forward = sorted(weights)
        self._backward = sorted(term[::-1] for term in weights if 3 <= len(term) <= 6)

    def beginning_with(self, text: str, most: int) -> list[str]:
        """The most usual first."""
        return sorted(_between(self._forward, text), key=lambda term: (-self.weights[term], term))[:most]

    def one_off(self, word: str) -> Iterator[str]:
        """Terms of the same length in which exactly one character differs."""
        half = len(word) // 2
        halves = (_between(self._forward, word[:half]), (term[::-1] for term in _between(self._backward, word[half:][::-1])))
        seen = {term for terms in halves for term in terms if len(term) == len(word)}
        yield from sorted(term for term in seen if sum(map(str.__ne__, term, word)) == 1)


def _between(terms: list[str], prefix: str) -> list[str]:
    return terms[bisect_left(terms, prefix) : bisect_left(terms, prefix + BEYOND)]


class _Kept(NamedTuple):
    version: int
    lexicon: Lexicon


_kept = _Kept(-1, Lexicon({}))


def lexicon_of(state: SearchState) -> Lexicon:
    """Read from the database only when the words were counted anew."""
    global _kept
    if _kept.version != state.lexicon:
        _kept = _Kept(state.lexicon, Lexicon(dict(Lexeme.objects.values_list("term", "weight"))))
    return _kept.lexicon


def sound_alike(first: Iterable[str], second: Iterable[str]) -> bool:
    """Whether two texts of the same length may be read alike, character by character."""
    known = _syllables()
    return all(a == b or known.get(a, frozenset()) & known.get(b, frozenset()) for a, b in zip(first, second, strict=True))


@cache
def _syllables() -> dict[str, frozenset[int]]:
    """The characters of the national standard by their readings without tones: one line a syllable."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(SYLLABLES.read_text(encoding="utf-8").splitlines()):
        for character in line.partition(" ")[2]:
            found.setdefault(character, set()).add(number)
    return {character: frozenset(numbers) for character, numbers in found.items()}
