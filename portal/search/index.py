"""Writing the index: in the transaction of whoever saves, so that what is found and what is stored never differ."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from portal.search.document import TOKENIZER, Document, Words
from portal.search.models import SearchDocument, SearchState, SearchText
from portal.search.stores import Store, store

COLUMNS = (
    "region", "applies_below", "topics", "published_on", "force_from", "force_until", "status_before", "status_during",
    "status_after", "visible_from", "visible_until",
)  # fmt: skip
WORDS = ("label", "title", "keys", "readings", "names", "body")


@transaction.atomic
def put_documents(documents: Iterable[Document]) -> int:
    """Index documents, all of one kind, as they are now; how many were new or changed. Three queries where none is."""
    wanted = {one.object_id: one for one in documents}
    if not wanted:
        return 0
    writer = _Writer(SearchState.locked(), store())
    kind = next(iter(wanted.values())).kind
    stored = SearchDocument.objects.select_related("text").filter(kind=kind, object_id__in=wanted)
    known = {row.object_id: row for row in stored}
    fresh = [document for key, document in wanted.items() if key not in known]
    writer.add(fresh)
    return len(fresh) + sum(writer.change(wanted[key], row) for key, row in known.items())


@transaction.atomic
def remove_documents(kind: str, object_ids: Sequence[int]) -> int:
    """Take documents out of the index; how many were in it. One query where none is."""
    rows = list(SearchDocument.objects.select_related("text").filter(kind=kind, object_id__in=object_ids))
    if not rows:
        return 0
    writer = _Writer(SearchState.locked(), store())
    for row in rows:
        writer.remove(row)
    return len(rows)


class _Writer:
    def __init__(self, state: SearchState, here: Store) -> None:
        self.state, self.store = state, here
        self.newest = state.building or state.generation
        self.can_write = here.is_there(state.generation)

    def add(self, documents: Sequence[Document]) -> None:
        rows = [
            SearchDocument(kind=one.kind, object_id=one.object_id, generation=self.newest, **_columns(one)) for one in documents
        ]
        words = [Words.of(one) for one in documents]
        SearchDocument.objects.bulk_create(rows)
        texts = zip(rows, words, strict=True)
        SearchText.objects.bulk_create(SearchText(document=row, **_stored(one)) for row, one in texts)
        for generation in {self.newest, self.state.generation} if self.can_write else {self.newest}:
            for row, one in zip(rows, words, strict=True):
                if self.state.building or self.can_write:
                    self.store.put(generation, row.pk, one, None)

    def change(self, document: Document, row: SearchDocument) -> bool:
        words, before, was_in = Words.of(document), words_of_row(row), row.generation
        columns = {**_columns(document), "generation": self.newest}
        is_changed, is_new_here = before != words, was_in != self.newest
        if any(getattr(row, name) != value for name, value in columns.items()):
            SearchDocument.objects.filter(pk=row.pk).update(**columns)
        elif not is_changed:
            return False
        if is_changed:
            SearchText.objects.filter(pk=row.pk).update(**_stored(words))
        if self.state.building and (is_changed or is_new_here):
            self.store.put(self.state.building, row.pk, words, None if is_new_here else before)
        if is_changed and self.can_write:
            self.store.put(self.state.generation, row.pk, words, before if self._knows_tokens() else None)
        return True

    def remove(self, row: SearchDocument) -> None:
        words = words_of_row(row)
        if self._knows_tokens():
            self.store.delete(self.state.generation, row.pk, words)
        if self.state.building and row.generation == self.state.building:
            self.store.delete(self.state.building, row.pk, words)
        row.delete()

    def _knows_tokens(self) -> bool:
        """Tokens of another version cannot be taken back; the rebuild that is due leaves them behind."""
        return self.can_write and self.state.tokenizer == TOKENIZER


def words_of_row(row: SearchDocument) -> Words:
    return Words(**{name: getattr(row.text, name) for name in WORDS})


def _stored(words: Words) -> dict[str, str]:
    return {name: getattr(words, name) for name in WORDS}


def _columns(document: Document) -> dict[str, Any]:
    return {
        "region": document.region,
        "applies_below": document.applies_below,
        "topics": f",{','.join(str(one) for one in sorted(document.topics))}," if document.topics else "",
        "published_on": document.published_on.toordinal(),
        "force_from": document.force.start.toordinal(),
        "force_until": document.force.end.toordinal(),
        "status_before": document.force.before,
        "status_during": document.force.during,
        "status_after": document.force.after,
        "visible_from": document.visible_from,
        "visible_until": document.visible_until,
    }
