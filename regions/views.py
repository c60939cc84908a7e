from typing import Any

from django.db.models import QuerySet

from portal.lists.facets import FacetCounts
from portal.lists.filterset import PublicFilterSet
from portal.publishing.models import PublishableQuerySet
from portal.web.detail_page import DetailPage
from portal.web.filter_form import Field, read_fields
from portal.web.list_page import ListPage
from portal.web.templatetags.texts import page_language
from regions.filters import (
    FigureFilterSet,
    IndicatorFilterSet,
    OrganisationFilterSet,
    PhotoFilterSet,
    RegionalFilterSet,
    RegionFilterSet,
    SourceFilterSet,
    TopicFilterSet,
)
from regions.models import Figure, Indicator, Organisation, Photo, Region, Source, Topic
from regions.region_fields import region_field

MOST_FIGURES = 100


class RegionalListPage(ListPage):
    """A list whose region filter counts what serves a region, not only what it owns."""

    filterset_class: type[RegionalFilterSet]

    def fields(self, filterset: PublicFilterSet, counts: FacetCounts) -> list[Field]:
        language = page_language()
        found = read_fields(filterset, counts, language)
        if not isinstance(filterset, RegionalFilterSet) or "region" not in counts.choices:
            return found
        region = region_field(filterset, counts, language)
        others = [field for field in found if field.name != "region"]
        return [region, *others] if len(region.options) > 1 or region.chosen else others


class RegionList(ListPage):
    template_name = "regions/region_list.html"
    filterset_class = RegionFilterSet

    def rows(self) -> QuerySet[Any]:
        return Region.objects.published().for_list()


class TopicList(RegionalListPage):
    template_name = "regions/topic_list.html"
    filterset_class = TopicFilterSet
    page_size = 50

    def rows(self) -> QuerySet[Any]:
        return Topic.objects.published().for_list()


class SourceList(RegionalListPage):
    template_name = "regions/source_list.html"
    filterset_class = SourceFilterSet

    def rows(self) -> QuerySet[Any]:
        return Source.objects.published().for_list()


class OrganisationList(RegionalListPage):
    template_name = "regions/organisation_list.html"
    filterset_class = OrganisationFilterSet
    page_size = 50

    def rows(self) -> QuerySet[Any]:
        return Organisation.objects.published().for_list()


class IndicatorList(RegionalListPage):
    template_name = "regions/indicator_list.html"
    filterset_class = IndicatorFilterSet
    page_size = 50

    def rows(self) -> QuerySet[Any]:
        return Indicator.objects.published().for_list()


class FigureList(RegionalListPage):
    template_name = "regions/figure_list.html"
    filterset_class = FigureFilterSet
    page_size = 24

    def rows(self) -> QuerySet[Any]:
        return Figure.objects.published().for_list()


class PhotoList(RegionalListPage):
    template_name = "regions/photo_list.html"
    filterset_class = PhotoFilterSet
    page_size = 12

    def rows(self) -> QuerySet[Any]:
        return Photo.objects.published().for_list()


class IndicatorPage(DetailPage):
    """Three queries: version, indicator, its figures everywhere."""

    template_name = "regions/indicator.html"

    def rows(self) -> PublishableQuerySet:
        return Indicator.objects.for_detail()

    def context(self, entry: Any) -> dict[str, Any]:
        figures = Figure.objects.published().filter(indicator=entry).for_list()
        return {"figures": figures.order_by("region__position", "-as_of_until", "pk")[:MOST_FIGURES]}
