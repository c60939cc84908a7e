"""What a region page shows of figures, policies and organisations: the first of them, and how many there are."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, F, Value, When, Window
from django.db.models.functions import RowNumber

from policies.models import Policy
from portal.pages.region_links import Around
from portal.publishing.prepared import Slot, prepared
from portal.web.templatetags.texts import public
from regions.models import Figure, Organisation, Region, Source
from regions.page_links import by_more

POLICIES, FIGURES, ORGANISATIONS_A_KIND = 6, 8, 3
KEY_FIGURES_A_TOPIC = 2


@dataclass(frozen=True, slots=True)
class Group:
    """`heading` is a topic or a word, `value` what the filtered list behind the group asks for, `count` the length of that list."""

    heading: Any
    value: str
    count: int
    rows: list[Any] = field(default_factory=list)

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.rows)


@dataclass(frozen=True, slots=True)
class RegionFigures:
    """`shown`: every figure that its source contradicts, then the first of each topic as far as there is room."""

    key: list[Figure]
    shown: list[Figure]
    topics: list[Group]
    sources: list[Source]


def region_figures(region: Region) -> RegionFigures:
    """One query. Counts are those of the list of figures, which has the figures from above that apply below too."""
    found = _first_of_each_topic(pk=region.pk, slug=region.slug)
    own = [figure for figure in found if figure.region_id == region.pk]
    key = [figure for figure in own if figure.is_key]
    others = [figure for figure in own if not figure.is_key and (figure.discrepancy_note or figure.place == 1)]
    others.sort(key=lambda figure: not figure.discrepancy_note)
    shown = others[:FIGURES]
    return RegionFigures(
        key=sorted(key, key=lambda figure: figure.indicator.position),
        shown=shown,
        topics=_by_topic(found),
        sources=_number_sources(shown),
    )


@prepared
def _first_of_each_topic(*, pk: Slot, slug: Slot) -> Any:
    """Of each topic the first key figures, the first contradicted ones and the first others; `of_topic` counts them all."""
    topic = F("indicator__topic")
    is_above = Case(When(region=pk, then=Value(0)), default=Value(1))
    is_told = Case(When(discrepancy_note="", then=Value(0)), default=Value(1))
    order = (is_above, F("indicator__position"), F("indicator__name_key"), F("pk"))
    rows = Figure.objects.published().in_region(slug).for_list()
    counted = rows.annotate(
        of_topic=Window(Count("pk"), partition_by=[topic]),
        place=Window(RowNumber(), partition_by=[topic, F("is_key"), is_told], order_by=order),
    )
    return counted.filter(place__lte=KEY_FIGURES_A_TOPIC).order_by(
        "indicator__topic__position", "indicator__topic_id", "place", "pk"
    )


def _by_topic(figures: Iterable[Any]) -> list[Group]:
    """The public topics, in their order."""
    counts = {topic: figure.of_topic for figure in figures if (topic := public(figure.indicator.topic))}
    return [Group(topic, topic.slug, count) for topic, count in counts.items()]


def _number_sources(figures: Iterable[Any]) -> list[Source]:
    """The public sources of the figures, in order of first use; each figure learns the number of its own."""
    found: dict[int, Source] = {}
    for figure in figures:
        source = public(figure.source)
        if source is not None:
            found.setdefault(source.pk, source)
            figure.source_number = list(found).index(source.pk) + 1
    return list(found.values())


def region_policies(region: Region) -> list[Policy]:
    """The newest that serve it."""
    return _newest_policies(slug=region.slug)


@prepared
def _newest_policies(*, slug: Slot) -> Any:
    return Policy.objects.published().in_region(slug).for_list().order_by("-date_key", "-pk")[:POLICIES]


def policy_topics(around: Around) -> list[Group]:
    return [Group(link, link.link.slug, count) for link, count in around.policy_topics]


def organisations_by_kind(around: Around) -> list[Group]:
    """In the order of the kinds."""
    kinds = by_more(around.links["organisations"])
    return [
        Group(str(Organisation.Kind(value).label), value, len(kinds[value]), kinds[value][:ORGANISATIONS_A_KIND])
        for value in Organisation.Kind.values
        if value in kinds
    ]
