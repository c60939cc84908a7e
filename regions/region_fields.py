"""The region filter of a list page: how many entries serve each region, from the one count by owner."""

from collections.abc import Iterable
from typing import Any

from portal.lists.facets import FacetCounts
from portal.text.language import Lang
from portal.web.filter_form import Field, Option, with_chosen
from regions.filters import RegionalFilterSet
from regions.region_directory import RegionDirectory


def region_field(filterset: RegionalFilterSet, counts: FacetCounts, language: Lang) -> Field:
    """One query for the directory, unless the filter has read it."""
    counted = ((found.value, found.extra, found.count) for found in counts.choices["region"])
    chosen, label = filterset.values.get("region", ""), str(filterset.filters["region"].label)
    return places(filterset.directory, counted, chosen, language, label)


def places(directory: RegionDirectory, counted: Iterable[Any], chosen: str, language: Lang, label: str) -> Field:
    """`counted` as the directory counts: owner, whether it applies below, and how many."""
    served = directory.counts(counted)
    options = [
        Option(
            region.slug,
            region.local("short_name" if language != "en" else "name", language),
            served[region.slug],
            region.slug == chosen,
        )
        for region in directory.rows
        if region.slug in served
    ]
    named = directory.by_slug.get(chosen)
    return Field("region", label, with_chosen(options, chosen, str(named or chosen)))
