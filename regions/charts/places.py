"""The figures of one indicator as its page shows them: place by place, with what can be drawn of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from portal.web.templatetags.texts import public
from regions.charts.scene import Chart
from regions.charts.series import series_charts


@dataclass(frozen=True, slots=True)
class Place:
    """`region` is None for figures of regions that readers may not see."""

    region: Any
    figures: list[Any]
    charts: list[Chart]


def places(figures: Iterable[Any]) -> list[Place]:
    """In the order the figures are given."""
    by_region: dict[Any, list[Any]] = {}
    for figure in figures:
        by_region.setdefault(public(figure.region), []).append(figure)
    return [Place(region, found, series_charts(found)) for region, found in by_region.items()]
