"""A whole and what is known of its parts."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from portal.text.amounts import print_amount
from portal.text.qualifiers import Qualifier
from portal.text.units import same_unit
from portal.web.templatetags.numbers import amount_text
from portal.web.templatetags.texts import page_language, when
from regions.charts.geometry import Span, gap, lengths, spans_in_a_row
from regions.charts.scene import EDGE, PLOT, Chart, Rect, bar_words, is_inferred, legend, look_of
from regions.models import Indicator

ROW, TEXT, BAR, THICK = 42, 13, 19, 14
NOT_SIZES = {Indicator.Measure.MEAN, Indicator.Measure.SHARE, Indicator.Measure.RANK}


def parts_chart(whole: Any, parts: Sequence[Any]) -> Chart | None:
    """None where nothing can be drawn to scale: no part in the same unit, or a number below zero."""
    drawn = [
        part for part in parts if same_unit(part.indicator.unit, whole.indicator.unit) and part.indicator.measure not in NOT_SIZES
    ]
    values = [whole.value, *(part.value for part in drawn)]
    if not drawn or whole.indicator.measure in NOT_SIZES or min(values) < 0 or not max(values):
        return None
    is_sum = _may_be_added(drawn)
    chart = Chart(
        f"parts-{whole.slug}",
        _("总数和其中的部分"),
        "; ".join(f"{_label(one, whole)} {amount_text(one)}" for one in (whole, *drawn)),
        [whole, *drawn],
        remarks=legend([whole, *drawn]),
    )
    for figure, span in zip(chart.figures, _spans(values, is_sum=is_sum), strict=True):
        _add_bar(chart, _label(figure, whole), amount_text(figure), span, look_of(figure), is_hatched=is_inferred(figure))
    if is_sum:
        _add_gap(chart, whole, drawn)
    elif len(drawn) > 1:
        chart.remarks.insert(0, _("各部分分别与总数比较；它们可能重叠，不相加。"))
    return chart


def _may_be_added(parts: Sequence[Any]) -> bool:
    """Parts that count the same thing stand one after the other; others may overlap."""
    return len(parts) > 1 and len({(part.indicator_id, part.kind, part.stage) for part in parts}) == 1


def _spans(values: list[Decimal], *, is_sum: bool) -> list[Span]:
    """The whole, then its parts, on one scale."""
    whole, *parts = values
    if not is_sum:
        return [Span(0, length) for length in lengths(values, PLOT)]
    scale = max(whole, sum(parts, Decimal(0)))
    return [Span(0, lengths([whole, scale], PLOT)[0]), *spans_in_a_row(parts, whole, PLOT)]


def _add_gap(chart: Chart, whole: Any, parts: Sequence[Any]) -> None:
    """Drawn and said where all numbers are exact; hedged ones have no difference to state."""
    if any(figure.qualifier != Qualifier.EXACT for figure in (whole, *parts)):
        chart.remarks.insert(0, _("有的数不是确数，不计算差额。"))
        return
    total = sum((part.value for part in parts), Decimal(0))
    span = gap([part.value for part in parts], whole.value, PLOT)
    words = {"sum": _amount(total, whole), "difference": _amount(abs(whole.value - total), whole)}
    if span is None:
        chart.remarks.insert(0, _("各部分合计 %(sum)s，与总数相等。") % words)
        return
    less, more = _("各部分合计 %(sum)s，比总数少 %(difference)s。"), _("各部分合计 %(sum)s，比总数多 %(difference)s。")
    _add_bar(chart, _("差额") if total < whole.value else _("多出"), words["difference"], span, "gap")
    sentence = (less if total < whole.value else more) % words
    chart.remarks.insert(0, sentence)
    chart.description = f"{chart.description}. {sentence}"


def _add_bar(chart: Chart, label: str, value: str, span: Span, look: str, *, is_hatched: bool = False) -> None:
    top = chart.height
    chart.words += bar_words(top + TEXT, label, value)
    chart.rects.append(Rect(EDGE, top + BAR, PLOT, THICK, "track"))
    if span.length:
        chart.rects.append(Rect(EDGE + span.start, top + BAR, span.length, THICK, look, is_hatched))
    chart.height += ROW


def _label(figure: Any, whole: Any) -> str:
    """A part of the same indicator is told by its time, another by what it counts."""
    language = page_language()
    if figure is whole or figure.indicator_id != whole.indicator_id:
        return str(figure.indicator.local("name", language))
    return str(figure.local("period_text", language)) or when(figure.as_of)


def _amount(value: Decimal, like: Any) -> str:
    return print_amount(value, like.indicator.unit, Qualifier.EXACT, page_language())
