"""What is offered while somebody types: words of titles, then titles; never anything a reader may not see."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from portal.search.document import READING
from portal.search.expression import every, some
from portal.search.filters import ANY, Filters
from portal.search.lexicon import lexicon_of
from portal.search.models import Lexeme
from portal.search.searching import Asking
from portal.search.words import is_typed_by_sound
from portal.text.bigrams import asked_bigrams, squeezed
from portal.text.normal_form import normal_form

MOST, WORDS, MAX_LENGTH = 8, 5, 40


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text to search for; `kind` and `object_id` say of which document it is the title, if of any."""

    text: str
    kind: str = ""
    object_id: int = 0


def suggest(prefix: str, *, filters: Filters = ANY, now: datetime | None = None, limit: int = MOST) -> list[Suggestion]:
    """Offer at most eight texts for what is typed so far, in characters, pinyin or initials. About ten small queries."""
    typed = squeezed(normal_form(prefix[:MAX_LENGTH]))
    if not typed:
        return []
    asking = Asking.at(now, filters)
    words = [Suggestion(term) for term in _terms(typed, asking) if _is_shown(term, asking)][:WORDS]
    taken = {one.text for one in words}
    titles = [one for one in _titles(typed, asking, limit) if one.text not in taken]
    return [*words, *titles][:limit]


def _terms(typed: str, asking: Asking) -> list[str]:
    if is_typed_by_sound(typed):
        rows = Lexeme.objects.filter(Q(reading__startswith=typed) | Q(initials__startswith=typed)).order_by("-weight", "term")
        return list(rows.values_list("term", flat=True)[:MOST])
    return [term for term in lexicon_of(asking.state).beginning_with(typed, MOST) if term != typed]


def _is_shown(term: str, asking: Asking) -> bool:
    """The words were counted some time ago: is there still a public title with this one?"""
    return bool(asking.store.candidates(asking.state.generation, every(asked_bigrams(term)), "title", asking.scope, 1))


def _titles(typed: str, asking: Asking, limit: int) -> list[Suggestion]:
    asked = every(asked_bigrams(typed))
    if is_typed_by_sound(typed):
        asked = some([asked, f"{READING}{typed}*"])
    rows = asking.store.rows(asking.store.candidates(asking.state.generation, asked, "head", asking.scope, limit * 5))
    kept = [row for row in rows if typed in squeezed(row.title) or f" {typed}" in row.readings]
    kept.sort(key=lambda row: (not squeezed(row.title).startswith(typed), -row.published_on, row.kind, -row.object_id))
    return [Suggestion(row.label, row.kind, row.object_id) for row in kept[:limit]]
