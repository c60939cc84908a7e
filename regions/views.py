from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.lists.facets import FacetCounts
from portal.lists.filterset import PublicFilterSet
from portal.lists.keyset import KeysetPage
from portal.publishing.kept import Kept
from portal.publishing.models import PublishableQuerySet
from portal.publishing.prepared import prepared, this_day
from portal.text.partial_date import Precision, partial_date
from portal.web.detail_page import DetailPage
from portal.web.filter_form import Field, read_fields
from portal.web.freshness import content_version_of
from portal.web.list_page import ListPage
from portal.web.sentences import unstated
from portal.web.templatetags.texts import page_language
from regions.charts.indicator_page import indicator_figures
from regions.event_labels import event_labels
from regions.figures_beside import figures_beside
from regions.filters import (
    EventFilterSet,
    FigureFilterSet,
    IndicatorFilterSet,
    OrganisationFilterSet,
    PhotoFilterSet,
    RegionalFilterSet,
    RegionFilterSet,
    SourceFilterSet,
    StoryFilterSet,
    TopicFilterSet,
)
from regions.links import read_links
from regions.models import Event, Figure, Indicator, Organisation, Photo, Region, RegionIdentity, Source, Story, Topic
from regions.page_links import page_links
from regions.photos_of import photos_of
from regions.region_directory import RegionDirectory
from regions.region_fields import region_field


def abolished(path: str = "pk") -> Any:
    """A condition on rows that lead by `path` to a region: it bore codes, and bears none any more."""
    borne = RegionIdentity.objects.filter(owner=OuterRef(path))
    return Exists(borne) & ~Exists(borne.filter(valid_until__gte=this_day()))


def tell_years_apart(figures: Iterable[Any]) -> None:
    """Where a list has several figures of one indicator, each learns the year that its title then shows."""
    found = list(figures)
    times = Counter(figure.indicator_id for figure in found)
    for figure in found:
        if times[figure.indicator_id] > 1 and figure.as_of:
            figure.title_year = partial_date(figure.as_of.first, Precision.YEAR)


@prepared
def _current_regions() -> Any:
    return Region.objects.published().annotate(is_former=abolished())


class CurrentRegions(RegionDirectory):
    """The directory, each region of which knows whether it was abolished."""

    @cached_property
    def rows(self) -> list[Region]:
        found = _current_regions()
        by_pk = {region.pk: region for region in found}
        for region in found:
            region.parent = by_pk.get(region.parent_id)
        return found


_directories = Kept(4)


class RegionalListPage(ListPage):
    """A list whose region filter counts what serves a region, not only what it owns."""

    filterset_class: type[RegionalFilterSet]

    def fields(self, filterset: PublicFilterSet, counts: FacetCounts) -> list[Field]:
        language = page_language()
        found = read_fields(filterset, counts, language)
        if not isinstance(filterset, RegionalFilterSet) or "region" not in counts.choices:
            return found
        if "directory" not in vars(filterset):
            filterset.directory = _directories.get(content_version_of(self.request), "", CurrentRegions)
        region = current(region_field(filterset, counts, language), filterset.directory)
        others = [field for field in found if field.name != "region"]
        return [region, *others] if len(region.options) > 1 or region.chosen else others


def current(field: Field, directory: RegionDirectory) -> Field:
    """Without the groups and the abolished regions, where nobody looks for anything; one that is chosen stays."""
    passed = {region.slug for region in directory.rows if region.kind == Region.Kind.GROUP or getattr(region, "is_former", False)}
    return replace(field, options=[option for option in field.options if option.is_chosen or option.value not in passed])


class RegionList(ListPage):
    template_name = "regions/region_list.html"
    filterset_class = RegionFilterSet

    @classmethod
    def rows(cls) -> QuerySet[Any]:
        return Region.objects.published().for_list()


class TopicList(RegionalListPage):
    template_name = "regions/topic_list.html"
    filterset_class = TopicFilterSet
    page_size = 50

    @classmethod
    def rows(cls) -> QuerySet[Any]:
        return Topic.objects.published().for_list()


class SourceList(RegionalListPage):
    template_name = "regions/source_list.html"
    filterset_class = SourceFilterSet

    @classmethod
    def rows(cls) -> QuerySet[Any]:
        return Source.objects.published().for_list()


class OrganisationList(RegionalListPage):
    template_name = "regions/organisation_list.html"
    filterset_class = OrganisationFilterSet
    page_size = 50

    @classmethod
    def rows(cls) -> QuerySet[Any]:
        return Organisation.objects.published().for_list()


class IndicatorList(RegionalListPage):
    template_name = "regions/indicator_list.html"
    filterset_class = IndicatorFilterSet
    page_size = 50

    @classmethod
    def rows(cls) -> QuerySet[Any]:
        return Indicator.objects.published().for_list()


class FigureList(RegionalListPage):
    template_name = "regions/figure_list.html"
    filterset_class = FigureFilterSet
    page_size = 24

    @classmethod
    def rows(cls) -> QuerySet[Any]:
        return Figure.objects.published().for_list()

    def context(self, filterset: PublicFilterSet, page: KeysetPage) -> dict[str, Any]:
        tell_years_apart(page.rows)
        return {}


class PhotoList(RegionalListPage):
    template_name = "regions/photo_list.html"
    filterset_class = PhotoFilterSet
    page_size = 12

    @classmethod
    def rows(cls) -> QuerySet[Any]:
        return Photo.objects.published().for_list()


class EventList(RegionalListPage):
    template_name = "regions/event_list.html"
    filterset_class = EventFilterSet

    @classmethod
    def rows(cls) -> QuerySet[Any]:
        recurring = Case(When(is_recurring=True, then=Value("yes")), default=Value("no"), output_field=CharField())
        return Event.objects.published().annotate(recurring=recurring).for_list()


class StoryList(RegionalListPage):
    template_name = "regions/story_list.html"
    filterset_class = StoryFilterSet

    @classmethod
    def rows(cls) -> QuerySet[Any]:
        return Story.objects.published().for_list()


class EventPage(DetailPage):
    """Five queries: version, event, links, figures, pictures; one more where its text names figures."""

    template_name = "regions/event.html"

    @classmethod
    def rows(cls) -> PublishableQuerySet:
        return Event.objects.for_detail()

    def context(self, entry: Any) -> dict[str, Any]:
        found = read_links(event_labels(owners=[entry.pk]))[entry.pk]
        links = page_links(found, {"topics": "regions:topic", "organisers": "regions:organisation"})
        known = ((entry.starts, _("时间")), (entry.place, _("地点")), (links["organisers"], pgettext("活动", "主办单位")))
        return {
            "links": links,
            "missing": unstated(known),
            "figures": figures_beside("events", owner=entry.pk),
            "photo_uses": photos_of(entry),
        }


class IndicatorPage(DetailPage):
    """Three queries: version, indicator, its figures everywhere."""

    template_name = "regions/indicator.html"

    @classmethod
    def rows(cls) -> PublishableQuerySet:
        return Indicator.objects.for_detail()

    def context(self, entry: Any) -> dict[str, Any]:
        return indicator_figures(entry)
