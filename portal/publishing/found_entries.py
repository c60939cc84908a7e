"""What a reader is shown of the entries that a search found: their own words, marked, and where in them the words stand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.apps import apps
from django.db.models import BigIntegerField, CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils.safestring import SafeString

from portal.publishing.aggregate import RowSet, content_type, shape_of
from portal.publishing.models import FoundBy, LocalText
from portal.publishing.prepared import prepared
from portal.search.marking import SNIPPET_LENGTH, highlight, snippet
from portal.search.searching import Hit, hit_ids
from portal.text.markdown import plain_text
from portal.text.normal_form import normal_form

Marks = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an entry, or of one of its rows: then `set` says of which kind, `name` what the row is called."""

    text: LocalText
    set: str = ""
    name: str = ""
    number: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """`title` and `snippet` are marked, escaped HTML."""

    kind: str
    entry: Any
    called: LocalText
    title: SafeString
    passage: Passage
    snippet: SafeString

    @property
    def address(self) -> str:
        """Where the words stand, as far as the page has an anchor there."""
        page: str = self.entry.get_absolute_url()
        return f"{page}#{self.passage.anchor}" if self.passage.anchor else page


def read_found(hits: Sequence[Hit], marks: Marks, language: str) -> list[FoundEntry]:
    """The entries of hits, in their order; one query for each type, one for the rows of all where words stand in none of their texts."""
    loaded: dict[tuple[str, int], Any] = {}
    for kind, keys in hit_ids(hits).items():
        loaded |= {(kind, entry.pk): entry for entry in _entries(apps.get_model(kind), keys=keys)}
    entries = [entry for hit in hits if (entry := loaded.get((hit.kind, hit.object_id)))]
    own = {entry: _best(_own(entry, language), marks) for entry in entries}
    wanting = [entry for entry in entries if entry.found_by.rows and _missing(entry, own[entry], marks, language)]
    rows = _rows_of(wanting, language)
    return [_found(entry, _best([own[entry], *rows[_key(entry)]], marks), marks, language) for entry in entries]


def _found(entry: Any, passage: Passage, marks: Marks, language: str) -> FoundEntry:
    called = entry.called(language)
    length = SNIPPET_LENGTH * (2 if passage.text.language == "en" else 1)  # letters are half as wide
    shown = snippet(passage.text.text, marks, length)
    return FoundEntry(entry.type_label(), entry, called, highlight(called.text, marks), passage, shown)


@prepared
def _entries(model: Any, /, *, keys: Any) -> Any:
    rows = model.objects.published().for_list().filter(pk__in=keys)
    return (
        rows.defer(None).select_related("source") if any(one.name == "source" for one in model._meta.fields) else rows.defer(None)
    )


def _key(entry: Any) -> tuple[str, int]:
    return entry.type_label(), entry.pk


def _told(text: str, marks: Marks) -> float:
    """How much of what was asked for stands in a text; other names of a word weigh the same and count once."""
    normal = normal_form(text)
    return sum({weight for form, weight in marks.items() if form in normal})


def _best(passages: Iterable[Passage], marks: Marks) -> Passage:
    """The one that tells most, the first of those that tell as much."""
    return reduce(lambda best, one: one if _told(one.text.text, marks) > _told(best.text.text, marks) + 1e-9 else best, passages)


def _missing(entry: Any, passage: Passage, marks: Marks, language: str) -> bool:
    words = f"{entry.called('zh-hans')}\n{entry.called(language)}\n{passage.text}"
    return _told(words, marks) + 1e-9 < sum(set(marks.values()))


def _own(entry: Any, language: str) -> list[Passage]:
    """Its texts without marks of Markdown: those of the reader's language, then the others; never none."""
    found: dict[str, Passage] = {}
    for asked in (language, "en" if language != "en" else "zh-hans"):
        for name in entry.found_by.body:
            text = _local(entry, name, asked)
            words = " ".join(plain_text(text.text).split())
            found.setdefault(words, Passage(LocalText(words, text.language)))
    return [one for words, one in found.items() if words] or [Passage(LocalText("", "zh-Hans"))]


def _local(entry: Any, name: str, language: str) -> LocalText:
    if hasattr(entry, f"{name}_en"):
        found: LocalText = entry.local(name, language)
        return found
    return LocalText(str(getattr(entry, name) or ""), "zh-Hans")


def _rows_of(entries: Sequence[Any], language: str) -> dict[tuple[str, int], list[Passage]]:
    """The rows of entries of any types, in an order of their own; one query."""
    found: dict[tuple[str, int], list[Passage]] = defaultdict(list)
    models = sorted({type(entry) for entry in entries}, key=lambda model: model.type_label())
    if not models:
        return found
    slots: dict[str, Any] = {}
    for model in models:
        slots[f"keys_{model._meta.model_name}"] = [entry.pk for entry in entries if type(entry) is model]
        slots[f"type_{model._meta.model_name}"] = content_type(model)
    order = {name: place for model in models for place, name in enumerate(model.found_by.rows)}
    rows = sorted(_row_texts(tuple(models), **slots), key=lambda row: (order[row[2]], row[3]))
    for kind, owner, set_name, _row, end, *texts in rows:
        found[kind, owner] += _passages(kind, set_name, end, texts, language)
    return found


def _passages(kind: str, set_name: str, end: str, texts: list[str], language: str) -> list[Passage]:
    name, name_en, text, text_en = texts
    start, _column = apps.get_model(kind).found_by.anchors.get(set_name, ("", ""))
    anchor = f"{start}{end}" if start else ""
    both = [(LocalText(text or name, "zh-Hans"), name), (LocalText(text_en or name_en, "en"), name_en or name)]
    return [
        Passage(LocalText(" ".join(words.text.split()), words.language), set_name, called, end, anchor)
        for words, called in (reversed(both) if language == "en" else both)
        if words.text
    ]


@prepared
def _row_texts(models: tuple[Any, ...], /, **slots: Any) -> Any:
    first, *others = [branch for model in models for branch in _branches(model, slots)]
    return first.union(*others, all=True)


def _branches(model: Any, slots: Mapping[str, Any]) -> Iterable[Any]:
    found_by: FoundBy = model.found_by
    for row_set in shape_of(model).row_sets:
        if names := found_by.rows.get(row_set.name):
            _start, end = found_by.anchors.get(row_set.name, ("", ""))
            name = model._meta.model_name
            rows = row_set.of_keys(slots[f"keys_{name}"], slots[f"type_{name}"])
            yield _columns(rows, row_set, model.type_label(), names, end)


def _columns(rows: Any, row_set: RowSet, kind: str, names: tuple[str, ...], end: str) -> Any:
    known = {column.name for column in row_set.model._meta.concrete_fields}
    english = [f"{name}_en" for name in names]
    return (
        rows.order_by()
        .annotate(
            row_kind=Value(kind, CharField()),
            row_owner=Cast(F(row_set.link), BigIntegerField()),
            row_set=Value(row_set.name, CharField()),
            row_key=Cast(F("pk"), BigIntegerField()),
            row_end=Cast(F(end), CharField()) if end else Value("", CharField()),
            row_name=_joined(names[:1], known),
            row_name_en=_joined(english[:1], known),
            row_text=_joined(names[1:], known),
            row_text_en=_joined(english[1:], known),
        )
        .values_list(
            "row_kind", "row_owner", "row_set", "row_key", "row_end", "row_name", "row_name_en", "row_text", "row_text_en"
        )
    )


def _joined(names: Sequence[str], known: set[str]) -> Any:
    parts: list[Any] = [Cast(F(name), CharField()) for name in names if name in known]
    if not parts:
        return Value("", CharField())
    return reduce(lambda text, part: Concat(text, Value(" "), part, output_field=CharField()), parts)
