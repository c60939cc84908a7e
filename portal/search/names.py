"""Documents others are found by, such as a region: asked when searching, so that a name counts only while it is public."""

from collections.abc import Iterable
from dataclasses import replace

from portal.search.expression import some
from portal.search.filters import ANY, Scope
from portal.search.stores import Row, Store
from portal.search.words import Query, Word
from portal.text.bigrams import squeezed

MOST_NAMES, SHARE = 60, 0.5


def with_references(query: Query, store: Store, generation: int, scope: Scope) -> Query:
    """The query whose words also find what belongs to something of that name; two queries."""
    asked = some(word.name_expression for word in query.words if len(word.text) > 1)
    ids = store.candidates(generation, asked, "head", replace(scope, filters=ANY), MOST_NAMES)
    rows = store.rows(ids)
    if not rows:
        return query
    return replace(query, words=tuple(replace(word, references=_named(word, query, rows)) for word in query.words))


def _named(word: Word, query: Query, rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(sorted(row.key for row in rows if _is_named(word, query, _names(row))))


def _names(row: Row) -> list[str]:
    return [squeezed(name) for name in (row.title, *row.keys.split("\n"))]


def _is_named(word: Word, query: Query, names: list[str]) -> bool:
    """The query holds a whole name, of which this is a word; or this is most of the title, or all but the last character (綦江区)."""
    if any(len(name) > 1 and name in query.squeezed and word.text in name for name in names):
        return True
    title = names[0]
    return any(
        (title.startswith(form) and len(form) >= SHARE * len(title))
        or any(name.startswith(form) and len(name) - len(form) < 2 for name in names)
        for form in word.forms
        if len(form) > 1
    )
