"""The region filter of a list page: how many entries serve each region, from the one count by owner."""

from portal.lists.facets import FacetCounts
from portal.text.language import Lang
from portal.web.filter_form import Field, Option, with_chosen
from regions.filters import RegionalFilterSet


def region_field(filterset: RegionalFilterSet, counts: FacetCounts, language: Lang) -> Field:
    """One query for the directory, unless the filter has read it."""
    directory, chosen = filterset.directory, filterset.values.get("region", "")
    served = directory.counts((found.value, found.extra, found.count) for found in counts.choices["region"])
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
    return Field("region", str(filterset.filters["region"].label), with_chosen(options, chosen, str(named or chosen)))
