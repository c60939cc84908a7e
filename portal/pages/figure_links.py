"""Links to figures that say their number and day, read in the same one query as all other links of a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.urls import reverse

from portal.pages.joined import joined, parted
from portal.publishing.models import LocalText
from portal.text.partial_date import PartialDate, Precision, partial_date
from regions.links import link_rows
from regions.models import Figure, Region
from regions.page_links import PageLink

PARTS = (
    "value", "qualifier", "kind", "as_of_from", "as_of_precision", "as_of_basis", "indicator__measure", "indicator__unit",
    "stage", "discrepancy_note",
)  # fmt: skip
"""What `more` of a link to a figure holds, then the region's names where it is public."""


class Measured(NamedTuple):
    """As much of an indicator as printing a number needs."""

    name_en: str
    measure: str
    unit: str


@dataclass(frozen=True, slots=True)
class FigureLink:
    link: PageLink
    value: Decimal
    qualifier: str
    kind: str
    as_of: PartialDate | None
    as_of_basis: str
    indicator: Measured
    stage: str
    contradicted: str
    region: str
    region_en: str

    @property
    def url(self) -> str:
        return reverse("regions:figure", args=[self.link.link.slug])

    @property
    def kind_label(self) -> str:
        return str(Figure.Kind(self.kind).label)

    @property
    def stage_label(self) -> str:
        return str(Figure.Stage(self.stage).label)

    @property
    def has_region(self) -> bool:
        return bool(self.region)

    def local(self, name: str, language: str) -> LocalText:
        if name != "region":
            return self.link.local(name, language)
        return LocalText(self.region_en, "en") if language == "en" and self.region_en else LocalText(self.region, "zh-Hans")


def figure_rows(kind: str, rows: QuerySet[Any], owner: str) -> QuerySet[Any]:
    """A branch for `read_links`: the indicator's name, and in `more` what `read_figures` reads."""
    is_public = Region.objects.published().linked_from("region")
    names = [
        Case(When(is_public, then=F(name)), default=Value(""), output_field=CharField())
        for name in ("region__short_name", "region__name_en")
    ]
    return link_rows(
        kind, rows.annotate(words=joined(*PARTS, *names)), owner=owner, slug="slug", name="indicator__name",
        name_en="indicator__name_en", position="indicator__position", more="words",
    )  # fmt: skip


def read_figures(links: Iterable[PageLink]) -> list[FigureLink]:
    """In the order of the links; those of one indicator by place, then the latest first."""
    found = [_read(link) for link in links]
    newest = sorted(found, key=lambda one: one.as_of.last if one.as_of else date.min, reverse=True)
    return sorted(newest, key=lambda one: (one.link.link.position, one.link.link.name, one.region))


def _read(link: PageLink) -> FigureLink:
    value, qualifier, kind, day, precision, basis, measure, unit, stage, contradicted, region, region_en = parted(link.more)
    as_of = partial_date(date.fromisoformat(day[:10]), Precision(precision)) if day else None
    indicator = Measured(link.link.name_en, measure, unit)
    return FigureLink(link, Decimal(value), qualifier, kind, as_of, basis, indicator, stage, contradicted, region, region_en)
