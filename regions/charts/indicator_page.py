"""What the page of an indicator shows of its figures."""

from typing import Any

from django.utils.translation import gettext as _

from portal.publishing.prepared import Slot, prepared
from portal.web.templatetags.texts import page_language
from regions.charts.comparison import comparison_charts, differences
from regions.charts.places import places
from regions.models import Figure, Indicator

MOST_FIGURES = 100


def indicator_figures(indicator: Indicator) -> dict[str, Any]:
    """One query; the newest of each region first."""
    found = _rows(indicator=indicator.pk)
    figures = found[:MOST_FIGURES]
    return {
        "places": places(figures),
        "comparisons": comparison_charts(figures),
        "differences": _listed(differences(figures)),
        "figure_count": len(figures),
        "has_more": len(found) > MOST_FIGURES,
    }


@prepared
def _rows(*, indicator: Slot) -> Any:
    rows = Figure.objects.published().filter(indicator=indicator).for_list()
    return rows.order_by("region__position", "-as_of_until", "pk")[: MOST_FIGURES + 1]


def _listed(names: list[str]) -> str:
    return _("、").join(name.lower() if page_language() == "en" else name for name in names)
