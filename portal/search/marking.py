"""The words found, marked in the text as it is written: a place in the normal form leads back to one in the original."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

from portal.text.normal_form import normal_form_with_places

SNIPPET_LENGTH = 80
CUT = 20
MAX_LENGTH = 100_000
"""No further into a text are words looked for."""


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    weight: float


def highlight(text: str, marks: Mapping[str, float]) -> SafeString:
    """The whole text, escaped, with `<mark>` around each word; `marks` as in `Found`."""
    return _marked(text, 0, len(text), _places(text, marks))


def snippet(text: str, marks: Mapping[str, float], length: int = SNIPPET_LENGTH) -> SafeString:
    """The stretch of about 80 characters that holds most of the words, escaped and marked; the beginning where none is."""
    places = _places(text, marks)
    start = _best_start(places, length)
    start = max(0, min(start, len(text) - length))
    end = min(len(text), start + length)
    start, end = _whole_words(text, start, end)
    shown = _marked(text, start, end, places)
    return SafeString(f"{'…' if start else ''}{shown}{'…' if end < len(text) else ''}")


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch, a little shorter where it would cut a word of letters."""
    first = next((place for place in range(start, min(start + CUT, end)) if not _is_inside(text, place)), start)
    last = next((place for place in range(end, max(end - CUT, first), -1) if not _is_inside(text, place)), end)
    return first, last


def _is_inside(text: str, place: int) -> bool:
    return 0 < place < len(text) and all(one.isascii() and one.isalnum() for one in text[place - 1 : place + 1])


def _places(text: str, marks: Mapping[str, float]) -> list[_Place]:
    forms = sorted((form for form in marks if form), key=lambda form: (-len(form), form))
    if not forms:
        return []
    normal, origin = normal_form_with_places(text[:MAX_LENGTH])
    found = re.finditer("|".join(map(re.escape, forms)), normal)
    return [_Place(origin[one.start()], origin[one.end() - 1] + 1, marks[one[0]]) for one in found]


def _best_start(places: list[_Place], length: int) -> int:
    """Each word counts once: three times the same tells no more than once. A third of the room is left before the first."""
    best, start = 0.0, 0
    for number, first in enumerate(places):
        inside: dict[float, None] = {}
        total = 0.0
        for place in places[number : number + 40]:
            if place.end - first.start > length:
                break
            total += place.weight if place.weight not in inside else place.weight * 0.1
            inside[place.weight] = None
        if total > best:
            best, start = total, first.start - length // 3 if number == 0 else first.start - length // 6
    return start


def _marked(text: str, start: int, end: int, places: list[_Place]) -> SafeString:
    parts: list[str] = []
    at = start
    for place in places:
        if place.end <= at or place.start >= end:
            continue
        first, last = max(place.start, at), min(place.end, end)
        if parts and first == at:  # one mark for words that touch
            parts[-1:] = [escape(text[first:last]), "</mark>"]
            at = last
            continue
        parts += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
        at = last
    parts.append(escape(text[at:end]))
    return SafeString("".join(parts))
