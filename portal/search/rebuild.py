"""Building the index anew beside the one that readers ask, in steps that can be taken up again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from portal.search.counting import count_again
from portal.search.document import TOKENIZER, Document
from portal.search.index import put_documents, words_of_row
from portal.search.models import SearchDocument, SearchState
from portal.search.stores import store

BATCH = 500


def is_due() -> bool:
    """Whether the index is missing or speaks another version of tokens than this release."""
    state = SearchState.get()
    return state.tokenizer != TOKENIZER or not store().is_there(state.generation)


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents of one kind, read when they are indexed; `progress` says in the words of whoever makes them where the next begins."""

    documents: Callable[[], list[Document]]
    progress: str


def rebuild(batches: Iterable[Batch]) -> int:
    """Index all documents there are; what the batches do not bring is taken out. Returns how many are indexed.

    Every batch is a transaction of its own; readers find what they found before until the last is written. Begin with
    `begin` and make only the batches from where it says.
    """
    for batch in batches:
        with transaction.atomic():
            state = SearchState.locked()
            put_documents(batch.documents())
            SearchState.objects.filter(pk=state.pk).update(progress=batch.progress)
    return _finish()


def begin(*, anew: bool = False) -> str:
    """Make the tables to be filled, or find those that an interrupted rebuild left; returns how far that one came."""
    with transaction.atomic():
        state = SearchState.locked()
        here = store()
        is_usable = state.building and state.building_tokenizer == TOKENIZER and here.is_there(state.building)
        if is_usable and not anew:
            return state.progress
        if state.building:
            here.drop(state.building)
        state.building = max(state.generation, state.building) + 1
        state.building_tokenizer, state.progress = TOKENIZER, ""
        here.create(state.building)
        if not SearchDocument.objects.exists():  # nothing to keep readable: no word is written twice
            here.drop(state.generation)
        state.save()
        return ""


def rebuild_stored() -> int:
    """Index the stored words anew, where only the tables are missing; resumable."""
    begin()
    while _index_stored_batch():
        pass
    return _finish(removes=False)


@transaction.atomic
def _index_stored_batch() -> bool:
    state = SearchState.locked()
    here = store()
    rows = list(SearchDocument.objects.select_related("text").exclude(generation=state.building).order_by("pk")[:BATCH])
    for row in rows:
        here.put(state.building, row.pk, words_of_row(row), None)
    SearchDocument.objects.filter(pk__in=[row.pk for row in rows]).update(generation=state.building)
    return bool(rows)


def _finish(*, removes: bool = True) -> int:
    with transaction.atomic():
        state = SearchState.locked()
        if removes:
            SearchDocument.objects.exclude(generation=state.building).delete()
        store().drop(state.generation)
        state.generation, state.building, state.tokenizer, state.progress = state.building, 0, TOKENIZER, ""
        state.save()
    count_again(timezone.now())
    return SearchDocument.objects.count()
