"""What a list page shows of its filters: a select for each counted filter, a tag for each one set, a way out of an empty list."""

from dataclasses import dataclass
from typing import Any

from django.utils.encoding import force_str

from portal.lists.facets import FacetCounts
from portal.lists.filters import SlugFilter
from portal.lists.filterset import WORDS, PublicFilterSet
from portal.lists.parameters import clean_query
from portal.publishing.models import LocalText
from portal.text.language import Lang
from portal.web.templatetags.texts import page_language


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: LocalText
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    label: str
    options: list[Option]

    @property
    def chosen(self) -> Option | None:
        return next((option for option in self.options if option.is_chosen), None)


@dataclass(frozen=True, slots=True)
class Tag:
    """A filter that is set; `without` is the query string of the list without it, `gain` how many entries that would show."""

    name: str
    label: str
    value: LocalText
    without: str
    gain: int


@dataclass(frozen=True, slots=True)
class Sort:
    label: str
    query: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FilterForm:
    fields: list[Field]
    tags: list[Tag]
    sorts: list[Sort]
    hidden: dict[str, str]
    query: str
    words: str | None = None
    """What is looked for in the list; None where there is no box for it."""

    @property
    def best_to_drop(self) -> Tag | None:
        """The one filter without which most would be found."""
        return max((tag for tag in self.tags if tag.gain), key=lambda tag: tag.gain, default=None)


def read_form(filterset: PublicFilterSet, fields: list[Field]) -> FilterForm:
    order = {} if filterset.ordering == filterset.orderings[0] else {"ordering": filterset.ordering.name}
    shown = {field.name for field in fields} | {WORDS}
    values = filterset.values | order
    return FilterForm(
        fields,
        [_tag(filterset, name, fields, values) for name in filterset.values],
        [_sort(filterset, ordering) for ordering in filterset.orderings],
        {name: value for name, value in values.items() if name not in shown},
        clean_query(filterset.values),
        filterset.values.get(WORDS, ""),
    )


def read_fields(filterset: PublicFilterSet, counts: FacetCounts, language: Lang) -> list[Field]:
    """The counted filters that offer a choice; a filter that is set stays, so that it can be unset."""
    fields = [_field(filterset, name, counts, language) for name in counts.choices]
    return [field for field in fields if len(field.options) > 1 or field.chosen]


def _field(filterset: PublicFilterSet, name: str, counts: FacetCounts, language: Lang) -> Field:
    chosen = filterset.values.get(name, "")
    labels = _choice_labels(filterset, name)
    options = []
    for found in counts.choices[name]:
        label = LocalText(labels[found.value], language) if found.value in labels else _named(found, language)
        options.append(Option(found.value, label, found.count, found.value == chosen))
    if labels:
        order = list(labels)
        options.sort(key=lambda option: order.index(option.value))
    return Field(name, force_str(filterset.filters[name].label), with_chosen(options, chosen, labels.get(chosen, chosen)))


def with_chosen(options: list[Option], value: str, label: str) -> list[Option]:
    """Add the value that is set when nothing is counted for it."""
    if not value or any(option.is_chosen for option in options):
        return options
    return [*options, Option(value, LocalText(label, "zh-Hans"), 0, is_chosen=True)]


def _choice_labels(filterset: PublicFilterSet, name: str) -> dict[str, str]:
    choices: Any = filterset.filters[name].extra.get("choices") or ()
    return {str(value): force_str(label) for value, label in choices}


def _named(found: Any, language: Lang) -> LocalText:
    if language == "en" and found.label_en:
        return LocalText(found.label_en, "en")
    return LocalText(found.label or found.value, "zh-Hans")


def _tag(filterset: PublicFilterSet, name: str, fields: list[Field], values: dict[str, str]) -> Tag:
    field = next((field for field in fields if field.name == name), None)
    option = field.chosen if field else None
    words = option.label if option and option.count else _words(filterset, name, values[name])
    gain = sum(other.count for other in field.options) if field else 0
    return Tag(name, force_str(filterset.filters[name].label), words, clean_query(values, without=[name]), gain)


def _words(filterset: PublicFilterSet, name: str, value: str) -> LocalText:
    """What a value is called; one query for the name of an entry that no counted choice has named."""
    filter_ = filterset.filters[name]
    if not isinstance(filter_, SlugFilter):
        return LocalText(_choice_labels(filterset, name).get(value, value), page_language())
    entry = filter_.targets().filter(slug=value).first()
    if entry is None:
        return LocalText(value, "en")
    named = filter_.named(entry)
    found: LocalText = named.local("title" if hasattr(named, "title") else "name", page_language())
    return found


def _sort(filterset: PublicFilterSet, ordering: Any) -> Sort:
    is_first = ordering == filterset.orderings[0]
    query = clean_query(filterset.values) if is_first else clean_query(filterset.values, ordering=ordering.name)
    return Sort(force_str(ordering.label), query, ordering == filterset.ordering)
