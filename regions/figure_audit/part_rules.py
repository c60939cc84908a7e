"""Questions about a whole and its parts."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from portal.text.amounts import print_amount
from portal.text.qualifiers import Qualifier
from portal.text.units import same_unit
from portal.web.templatetags.numbers import amount_text
from portal.web.templatetags.texts import page_language
from regions.figure_audit.finding import Finding, key_of
from regions.figure_audit.interval import Interval, interval
from regions.models import Indicator

ADD_UP = {Indicator.Measure.FLOW, Indicator.Measure.CUMULATIVE}
"""Measures whose numbers of several earlier stretches of time make one of a longer stretch."""
UNSUMMED = {Indicator.Measure.MEAN, Indicator.Measure.SHARE, Indicator.Measure.RANK}


def bounds(figure: Any) -> Interval:
    return interval(figure.value, Qualifier(figure.qualifier))


def whole_findings(whole: Any, parts: Sequence[Any]) -> Iterator[Finding]:
    """What a whole is asked because of its parts: two or more of one nature must be able to add up to it."""
    by_kind: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for part in parts:
        if same_unit(part.indicator.unit, whole.indicator.unit) and part.indicator.measure not in UNSUMMED:
            by_kind[part.kind, part.stage].append(part)
    for same in by_kind.values():
        if len(same) > 1:
            yield from _sum_finding(whole, same)


def _sum_finding(whole: Any, parts: list[Any]) -> Iterator[Finding]:
    total = sum((bounds(part) for part in parts), Interval(Decimal(0), Decimal(0)))
    if total.meets(bounds(whole)):
        return
    difference = sum((part.value for part in parts), Decimal(0)) - whole.value
    words = {
        "parts": _("＋").join(amount_text(part) for part in parts),
        "sum": _amount(sum((part.value for part in parts), Decimal(0)), whole),
        "whole": amount_text(whole),
        "difference": _amount(abs(difference), whole),
    }
    less = _("各部分 %(parts)s 合计 %(sum)s，比总数 %(whole)s 少 %(difference)s：来源说明差额了吗，还是有没列出的部分？")
    more = _("各部分 %(parts)s 合计 %(sum)s，比总数 %(whole)s 多 %(difference)s：是重复计算，还是有一个数写错了？")
    facts = _facts(whole, *sorted(parts, key=lambda part: str(part.uuid)))
    key = key_of("sum", facts)
    yield Finding("sum", key, (less if difference < 0 else more) % words, whole, tuple(parts), "discrepancy_note")


def part_findings(part: Any, whole: Any) -> Iterator[Finding]:
    """What a part is asked because of its whole."""
    is_share = part.indicator.measure in UNSUMMED
    if not same_unit(part.indicator.unit, whole.indicator.unit) and not is_share:
        question = _("它的单位是“%(own)s”，所属的总数 %(whole)s 的单位是“%(other)s”：真的是其中的一部分吗？")
        yield _part_finding(
            "part-unit", question % _pair(part, whole, own=part.indicator.unit, other=whole.indicator.unit), part, whole
        )
    elif not is_share and bounds(part).is_above(bounds(whole)):
        question = _("部分 %(part)s 比所属的总数 %(whole)s 还大：哪一个数写错了，还是“其中”选错了？")
        yield _part_finding("part-larger", question % _pair(part, whole), part, whole)
    if part.region_id != whole.region_id:
        question = _("它属于“%(own)s”，所属的总数 %(whole)s 属于“%(other)s”：真的是其中的一部分吗？")
        yield _part_finding("part-region", question % _pair(part, whole, own=part.region, other=whole.region), part, whole)
    if not _same_time(part, whole):
        question = _("它截至 %(own)s，所属的总数 %(whole)s 截至 %(other)s：时点不同，还算其中的一部分吗？")
        yield _part_finding("part-as-of", question % _pair(part, whole, own=part.as_of, other=whole.as_of), part, whole)


def _part_finding(code: str, sentence: str, part: Any, whole: Any) -> Finding:
    return Finding(code, key_of(code, _facts(whole, part)), sentence, part, (whole,), "discrepancy_note")


def _same_time(part: Any, whole: Any) -> bool:
    """Numbers of earlier years may be parts of one of several years; unknown times raise no question here."""
    if part.as_of is None or whole.as_of is None:
        return True
    if part.indicator.measure in ADD_UP and part.as_of.last <= whole.as_of.last:
        return True
    return whole.as_of.overlaps(part.as_of.first, part.as_of.last)


def _pair(part: Any, whole: Any, **more: Any) -> dict[str, Any]:
    return {"part": amount_text(part), "whole": f"{whole.indicator.local('name', page_language())} {amount_text(whole)}", **more}


def _facts(*figures: Any) -> Iterator[Any]:
    for figure in figures:
        unit = figure.indicator.unit
        yield from (figure.uuid, f"{figure.value.normalize():f}", figure.qualifier, unit, figure.region_id, figure.as_of)


def _amount(value: Decimal, like: Any) -> str:
    return print_amount(value, like.indicator.unit, Qualifier.EXACT, page_language())
