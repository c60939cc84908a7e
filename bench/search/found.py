"""The answers themselves, for comparing one database with the other."""

from portal.search import rebuild
from portal.search.filters import Filters
from portal.search.models import Synonym
from portal.search.models.synonym import words_changed
from portal.search.searching import count_in, search
from portal.search.shipped import ship_synonyms
from portal.search.suggesting import suggest

from .documents import KIND, NOW, documents, places
from .questions import judged, title_words

EACH = 12


def found_lists(count: int) -> list[list[object]]:
    """For every question the first ten, how many there are, and the counts; for every beginning the suggestions."""
    made = list(documents(count))
    ship_synonyms(Synonym)
    words_changed()
    rebuild.begin(anew=True)
    groups = [places(), [one.document for one in made]]
    rebuild.rebuild(rebuild.Batch(lambda group=group: group, "") for group in groups)  # type: ignore[misc]  # -- bound here
    return [*(_answer(one.text) for one in judged(made, EACH)), *(_suggestions(text) for text in title_words(made))]


def _answer(text: str) -> list[object]:
    found = search(text, now=NOW, limit=10, with_cells=True)
    hits = [f"{hit.kind}-{hit.object_id}" for hit in found.hits]
    return [text, hits, found.total, found.corrected, count_in(found.cells, Filters(kinds=(KIND,), statuses=("expired",)))]


def _suggestions(text: str) -> list[object]:
    return [text, [one.text for one in suggest(text, now=NOW)]]
