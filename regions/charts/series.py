"""One figure through time: each number where its date or period lies, nothing drawn between them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from portal.web.templatetags.numbers import amount_text
from portal.web.templatetags.texts import when
from regions.charts.geometry import Span, TimeAxis, lengths, time_axis
from regions.charts.scene import AHEAD, EDGE, PLOT, WIDTH, Chart, Dot, Line, Rect, Words, is_inferred, legend, look_of, width_of
from regions.models import Indicator

TOP, TALL, FOOT = 26, 110, 24
"""Room for the words above the tallest mark, for the marks, and for the years below."""
BASE = TOP + TALL
YEAR_ROOM = 42


def series_charts(figures: Iterable[Any]) -> list[Chart]:
    """A chart for each region and scope with numbers of two times or more, in the order given."""
    sets: dict[Any, list[Any]] = defaultdict(list)
    for figure in figures:
        if figure.as_of is not None:
            scope = (figure.organisation_id, figure.scope_note, figure.part_of_id, figure.rank_among_id)
            sets[figure.region_id, figure.stage, *scope].append(figure)
    charts = [_chart(sorted(alike, key=_days)) for alike in sets.values() if len({_days(figure) for figure in alike}) > 1]
    return [chart for chart in charts if chart is not None]


def _days(figure: Any) -> tuple[date, date]:
    """The stretch a figure stands for: its period where both ends are known, else the days its date may be."""
    if figure.period_from and figure.period_until:
        return figure.period_from, figure.period_until
    return figure.as_of.first, figure.as_of.last


def _chart(figures: list[Any]) -> Chart | None:
    values = [figure.value for figure in figures]
    if figures[0].indicator.measure == Indicator.Measure.RANK or min(values) < 0 or not max(values):
        return None
    axis = time_axis([day for figure in figures for day in _days(figure)], PLOT)
    spans = [axis.place(*_days(figure)) for figure in figures]
    tops = [BASE - length for length in lengths(values, TALL)]
    chart = Chart(
        f"series-{figures[0].slug}",
        _("各时点"),
        "; ".join(f"{when(figure.as_of)} {amount_text(figure)}" for figure in figures),
        figures,
        height=BASE + FOOT,
        remarks=[_("横轴是真实的时间；不同时点的数之间没有连线，因为中间的情况来源没有说。"), *legend(figures)],
    )
    for figure, span, top in zip(figures, spans, tops, strict=True):
        _add_mark(chart, figure, span, top)
    _add_axis(chart, axis)
    _add_values(chart, spans, tops)
    return chart


def _add_mark(chart: Chart, figure: Any, span: Span, top: int) -> None:
    """A column over the stretch a period covers; else a dot, with a line over the days the date may be."""
    look = look_of(figure)
    if figure.period_from and figure.period_until:
        chart.rects.append(Rect(EDGE + span.start, top, span.length, BASE - top, look, is_inferred(figure)))
        return
    look = f"{look} hollow" if is_inferred(figure) else look
    if span.length > 1:
        chart.lines.append(Line(EDGE + span.start, top, EDGE + span.end, top, "reach"))
    x = min(WIDTH - 7, max(7, EDGE + span.middle))
    chart.lines.append(Line(x, top, x, BASE, "stem"))
    chart.dots.append(Dot(x, top, look, is_diamond=figure.kind in AHEAD))


def _add_axis(chart: Chart, axis: TimeAxis) -> None:
    chart.lines.append(Line(EDGE, BASE, WIDTH - EDGE, BASE, "axis"))
    for year, x in axis.years(YEAR_ROOM):
        chart.lines.append(Line(EDGE + x, BASE, EDGE + x, BASE + 5, "axis"))
        chart.words.append(Words(EDGE + x + 3, BASE + 17, str(year), look="tick"))


def _add_values(chart: Chart, spans: Sequence[Span], tops: Sequence[int]) -> None:
    """The amount above each mark where they leave each other room, else the number of its row in the table."""
    texts = [amount_text(figure) for figure in chart.figures]
    chart.is_numbered = _collide(spans, texts)
    if chart.is_numbered:
        texts = [str(number) for number in range(1, len(texts) + 1)]
    for span, top, text in zip(spans, tops, texts, strict=True):
        x, anchor = _anchored(EDGE + span.middle, width_of(text))
        chart.words.append(Words(x, top - 10, text, anchor, "value"))


def _collide(spans: Sequence[Span], texts: Sequence[str]) -> bool:
    edges = sorted(_edges(EDGE + span.middle, width_of(text)) for span, text in zip(spans, texts, strict=True))
    return any(width_of(text) > PLOT for text in texts) or any(left[1] + 6 > right[0] for left, right in pairwise(edges))


def _anchored(middle: int, width: int) -> tuple[int, str]:
    if middle - width // 2 < EDGE:
        return EDGE, "start"
    return (WIDTH - EDGE, "end") if middle + width // 2 > WIDTH - EDGE else (middle, "middle")


def _edges(middle: int, width: int) -> tuple[int, int]:
    x, anchor = _anchored(middle, width)
    start = {"start": x, "middle": x - width // 2, "end": x - width}[anchor]
    return start, start + width
