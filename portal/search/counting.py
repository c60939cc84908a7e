"""Counting what is in the index: how rare each pair of characters is, and which words the titles are made of."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from portal.search.models import Lexeme, SearchDocument, SearchState, SearchText, TermCount
from portal.search.models.state import new_version
from portal.search.segmenting import words_of
from portal.search.stores import store
from portal.text.bigrams import squeezed
from portal.text.pinyin import readings

RAREST = 3
"""What stands in fewer documents counts as this rare."""
LONGEST, MOST = 10, 40_000
DAY = timedelta(days=1)


def is_count_due(now: datetime) -> bool:
    """Once a day, and when there is twice as much as was counted, as after the first import."""
    state = SearchState.get()
    if state.counted_at is None or now - state.counted_at >= DAY:
        return True
    return SearchDocument.objects.count() > 2 * state.documents


@transaction.atomic
def count_again(now: datetime) -> None:
    """Take the counts anew; about 10 seconds for 100,000 documents."""
    state = SearchState.locked()
    TermCount.objects.all()._raw_delete("default")
    terms = store().term_counts(state.generation) if store().is_there(state.generation) else []
    TermCount.objects.bulk_create(
        (TermCount(term=term, documents=count) for term, count in sorted(terms) if count >= RAREST and len(term) <= 2),
        batch_size=2_000,
    )
    Lexeme.objects.all()._raw_delete("default")
    Lexeme.objects.bulk_create(_lexemes(now), batch_size=2_000)
    state.documents, state.counted_at = SearchDocument.objects.count(), now
    state.lexicon = new_version()
    state.save()


def _lexemes(now: datetime) -> list[Lexeme]:
    counted: Counter[str] = Counter()
    shown = SearchText.objects.filter(document__visible_from__lte=now, document__visible_until__gt=now)
    for title in shown.values_list("title", flat=True).iterator(2_000):
        counted.update(set(_parts(title)))
    kept = [(term, count) for term, count in counted.items() if count > 1 or len(term) <= 4]
    kept.sort(key=lambda one: (-one[1], one[0]))
    return [_lexeme(term, count) for term, count in kept[:MOST]]


def _parts(title: str) -> Iterator[str]:
    """Words of a title, and neighbouring ones joined, from two characters to ten."""
    for run in title.split():
        words = words_of(run)
        for start in range(len(words)):
            joined = ""
            for word in words[start : start + 4]:
                joined += word
                if 2 <= len(joined) <= LONGEST:
                    yield joined
        if 2 <= len(squeezed(run)) <= LONGEST:
            yield squeezed(run)


def _lexeme(term: str, count: int) -> Lexeme:
    keys = readings([term])
    if term.isascii() or not keys:
        return Lexeme(term=term, reading=term[:80], weight=count)
    return Lexeme(term=term, initials=keys[0], reading=keys[-1], weight=count)
