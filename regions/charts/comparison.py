"""Figures of several regions side by side: in one chart only where they were counted alike."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from portal.web.templatetags.numbers import amount_text
from portal.web.templatetags.texts import page_language, public, when_within
from regions.charts.geometry import lengths
from regions.charts.scene import EDGE, PLOT, Chart, Rect, bar_words, is_inferred, legend, look_of
from regions.models import Indicator

ROW, TEXT, BAR, THICK = 42, 13, 19, 14


def terms(figure: Any) -> dict[str, Any]:
    """What two figures must share to stand in one chart, by the name a reader knows it by."""
    indicator = figure.indicator
    return {
        _("截至时间"): (figure.as_of_from, figure.as_of_until),
        _("期间"): (figure.period_from, figure.period_until, figure.period_text),
        _("性质"): figure.kind,
        _("阶段"): figure.stage,
        _("所属机构"): figure.organisation_id,
        _("统计方式"): (indicator.measure, indicator.unit, indicator.comparable_group),
    }


def comparison_charts(figures: Iterable[Any]) -> list[Chart]:
    """A chart for each set of figures of several regions that were counted alike, one figure a region, in the order given."""
    sets: dict[Any, list[Any]] = defaultdict(list)
    for figure in figures:
        if figure.part_of_id is None and public(figure.region):
            sets[tuple(terms(figure).values())].append(figure)
    found = [_chart(alike) for alike in sets.values() if _is_one_each(alike)]
    return [chart for chart in found if chart is not None]


def differences(figures: Iterable[Any]) -> list[str]:
    """In what the figures of several regions differ, so that no chart puts them side by side; empty for one region."""
    wholes = [figure for figure in figures if figure.part_of_id is None]
    if len({figure.region_id for figure in wholes}) < 2:
        return []
    seen: dict[str, set[Any]] = defaultdict(set)
    for figure in wholes:
        for name, value in terms(figure).items():
            seen[name].add(value)
    return [name for name, values in seen.items() if len(values) > 1]


def _is_one_each(figures: Sequence[Any]) -> bool:
    return 1 < len(figures) == len({figure.region_id for figure in figures})


def _chart(figures: list[Any]) -> Chart | None:
    values = [figure.value for figure in figures]
    if figures[0].indicator.measure == Indicator.Measure.RANK or min(values) < 0 or not max(values):
        return None
    chart = Chart(
        f"places-{figures[0].slug}",
        _("各地 · %(day)s") % {"day": when_within(figures[0].as_of)},
        "; ".join(f"{_name(figure)} {amount_text(figure)}" for figure in figures),
        figures,
        has_places=True,
        remarks=[_("按地区排列，不是排名。"), *legend(figures)],
    )
    if len({figure.scope_note for figure in figures}) > 1:
        chart.remarks.append(_("各地的口径说明不同，比较前请先看口径。"))
    for figure, length in zip(figures, lengths(values, PLOT), strict=True):
        top = chart.height
        chart.words += bar_words(top + TEXT, _name(figure), amount_text(figure))
        chart.rects.append(Rect(EDGE, top + BAR, PLOT, THICK, "track"))
        if length:
            chart.rects.append(Rect(EDGE, top + BAR, length, THICK, look_of(figure), is_inferred(figure)))
        chart.height += ROW
    return chart


def _name(figure: Any) -> str:
    language = page_language()
    return str(figure.region.local("name" if language == "en" else "short_name", language))
