"""The synonyms in force, kept in memory until staff change one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from portal.search.models import SearchState, Synonym
from portal.text.bigrams import squeezed
from portal.text.normal_form import normal_form

MIN_LENGTH = 2


class Synonyms:
    """Terms in normal form without punctuation, each with what else finds the same."""

    def __init__(self, pairs: Iterable[tuple[str, list[str], bool]] = ()) -> None:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for term, others, both_ways in pairs:
            group = [squeezed(normal_form(one)) for one in (term, *others)]
            group = [one for one in group if len(one) >= MIN_LENGTH]
            if len(group) < 2:
                continue
            found[group[0]] |= dict.fromkeys(group[1:])
            for one in group[1:] if both_ways else ():
                found[one] |= dict.fromkeys(other for other in group if other != one)
        self._of = {term: tuple(others) for term, others in found.items()}
        self._longest = max(map(len, self._of), default=0)

    def of(self, word: str) -> tuple[str, ...]:
        return self._of.get(word, ())

    def split(self, run: str) -> Iterator[tuple[str, bool]]:
        """A run cut at the longest known terms, from the left: parts, and whether each is such a term."""
        start = at = 0
        while at < len(run):
            term = self._term_at(run, at)
            if not term:
                at += 1
                continue
            if at > start:
                yield run[start:at], False
            yield term, True
            start = at = at + len(term)
        if start < len(run):
            yield run[start:], False

    def _term_at(self, run: str, at: int) -> str:
        for length in range(min(self._longest, len(run) - at), MIN_LENGTH - 1, -1):
            if (term := run[at : at + length]) in self._of:
                return term
        return ""


class _Kept(NamedTuple):
    version: int
    synonyms: Synonyms


_kept = _Kept(-1, Synonyms())


def synonyms_of(state: SearchState) -> Synonyms:
    """Read from the database only when the version of the words is another than last time."""
    global _kept
    if _kept.version != state.words:
        rows = Synonym.objects.filter(is_active=True)
        _kept = _Kept(state.words, Synonyms((row.term, row.others, row.both_ways) for row in rows))
    return _kept.synonyms
