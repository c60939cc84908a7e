"""The filters of the search page with the number of results behind each choice, all from one count of what matches the words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from policies.models.validity import Validity
from portal.lists.parameters import clean_query
from portal.lists.search_question import FILTERS, SearchQuestion, Vocabulary
from portal.publishing.models import LocalText
from portal.publishing.prepared import prepared
from portal.search.filters import Cell, Filters
from portal.search.searching import count_in
from portal.text.language import Lang
from portal.web.filter_form import Field, FilterForm, Option, Tag, with_chosen
from regions.models import Topic
from regions.region_fields import places
from regions.views import CurrentRegions, current


def without(filters: Filters, name: str) -> Filters:
    """The filters as they would be if one were not set."""
    empty = Filters()
    columns = {"type": ("kinds",), "region": ("region", "above"), "topic": ("topics",), "validity": ("statuses",)}[name]
    return replace(filters, **{column: getattr(empty, column) for column in columns})


@dataclass(frozen=True)
class Choices:
    """The form beside the results of a question. Two queries: the regions, the topics."""

    question: SearchQuestion
    cells: list[Cell]
    vocabulary: Vocabulary
    language: Lang

    def form(self) -> FilterForm:
        fields = [field for field in self._fields() if len(field.options) > 1 or field.chosen]
        values = self.question.values
        hidden = {name: value for name, value in values.items() if name not in FILTERS}
        tags = [self._tag(name, fields) for name in self.question.chosen]
        return FilterForm(fields, tags, [], hidden, clean_query(values))

    def kinds(self) -> Counter[str]:
        """How many of each type, by label."""
        return _sum((cell.kind, cell.count) for cell in self._counted("type"))

    def _counted(self, name: str) -> Iterator[Cell]:
        """What the choices of a filter are counted in: all that passes the others."""
        filters = without(self.question.filters, name)
        return (cell for cell in self.cells if filters.accept(cell))

    def _fields(self) -> Iterator[Field]:
        kinds = self.kinds()
        labels = {name: force_str(model._meta.verbose_name) for name, model in self.vocabulary.kinds.items()}
        by_plural = {name: kinds[model.type_label()] for name, model in self.vocabulary.kinds.items()}
        yield self._field("type", _("类别"), labels, dict(sorted(by_plural.items(), key=lambda one: -one[1])))
        yield self._regions()
        yield self._topics()
        statuses = _sum((cell.status, cell.count) for cell in self._counted("validity"))
        names = {str(value): force_str(label) for value, label in Validity.choices}
        yield self._field("validity", _("有效性"), names, {value: statuses[value] for value in names})

    def _field(self, name: str, label: str, labels: Mapping[str, str], counts: Mapping[str, int]) -> Field:
        chosen = self.question.values.get(name, "")
        options = [
            Option(value, LocalText(labels[value], self.language), count, value == chosen)
            for value, count in counts.items()
            if count
        ]
        return Field(name, label, with_chosen(options, chosen, labels.get(chosen, chosen)))

    def _regions(self) -> Field:
        cells = self._counted("region")
        chosen = self.question.values.get("region", "")
        counted = ((cell.region, str(cell.applies_below), cell.count) for cell in cells)
        directory = CurrentRegions()
        return current(places(directory, counted, chosen, self.language, _("地区")), directory)

    def _topics(self) -> Field:
        counts = _sum((topic, cell.count) for cell in self._counted("topic") for topic in cell.topics)
        chosen = self.question.values.get("topic", "")
        options = [
            Option(topic.slug, topic.local("name", self.language), counts[topic.pk], topic.slug == chosen)
            for topic in _all_topics()
            if counts[topic.pk] or topic.slug == chosen
        ]
        options.sort(key=lambda option: (-option.count, option.value))
        return Field("topic", _("主题"), options)

    def _tag(self, name: str, fields: Iterable[Field]) -> Tag:
        field = next(field for field in fields if field.name == name)
        gain = count_in(self.cells, without(self.question.filters, name))
        label: Any = field.chosen.label if field.chosen else ""
        return Tag(name, field.label, label, clean_query(self.question.values, without=[name]), gain)


def _sum(pairs: Iterable[tuple[Any, int]]) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for value, count in pairs:
        found[value] += count
    return found


@prepared
def _all_topics() -> Any:
    return Topic.objects.published().only("slug", "name", "name_en", "position")
