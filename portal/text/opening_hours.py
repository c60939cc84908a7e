"""Weekly opening hours, written on one line: 周一至周五 09:00-12:00,14:00-18:00."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from itertools import groupby, pairwise
from typing import NamedTuple

from django.utils.translation import gettext as _

from portal.text.errors import TextError, quote, require_length
from portal.text.language import Lang
from portal.text.width import narrow

MAX_OPENING_HOURS_LENGTH = 300
MIDNIGHT = time(0, 0)

_DAYS_ZH = "一二三四五六日"
_DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_EVERY_DAY = frozenset({"每天", "每日"})
_RULE = re.compile(r"\s*(?P<days>[^\d:]+?)\s*:?\s*(?P<times>\d.*?)\s*", re.DOTALL | re.ASCII)
_DAY = r"(?:周|星期|礼拜)?\s*([一二三四五六日天])"
_DAY_RANGE = re.compile(rf"\s*{_DAY}(?:\s*[-—–~至到]+\s*{_DAY})?\s*")
_TIME = r"(\d{1,2}):(\d\d)"
_TIME_RANGE = re.compile(rf"\s*{_TIME}\s*[-—–~至到]+\s*{_TIME}\s*", re.ASCII)
_EXAMPLE = "“周一至周五 09:00-12:00,14:00-18:00；周六 09:00-12:00”"


class Interval(NamedTuple):
    """One open stretch of one weekday; 1 is Monday. Closing at 00:00 is the end of that day."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The open stretches of a week, sorted.

    `TextError` (code `opening_hours`) when one closes before it opens or two overlap.
    """

    intervals: tuple[Interval, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "intervals", tuple(sorted(self.intervals)))
        for interval in self.intervals:
            if _minute(interval.opens) >= _closing_minute(interval):
                raise _refused(_("%(hours)s关门不晚于开门；过午夜请分成两天写") % {"hours": _hours(interval, "-")})
        for one, other in pairwise(self.intervals):
            if one.weekday == other.weekday and _minute(other.opens) < _closing_minute(one):
                day = _DAYS_ZH[one.weekday - 1]
                raise _refused(
                    _("周%(day)s的%(one)s与%(other)s重叠") % {"day": day, "one": _hours(one, "-"), "other": _hours(other, "-")}
                )

    def __str__(self) -> str:
        return print_opening_hours(self)


def parse_opening_hours(text: str) -> OpeningHours:
    """Read rules separated by ; or new lines, at most 300 characters.

    Days: 周一, 星期一至五, 周一、周三, 每天. Times: 24-hour clock, up to 24:00.
    `TextError` codes: too_long, opening_hours.
    """
    require_length(text, MAX_OPENING_HOURS_LENGTH, _("开放时间"))
    intervals: list[Interval] = []
    position = 0
    for rule in re.split(r"[;\n]", narrow(text)):
        if rule.strip():
            intervals += _read_rule(rule, position)
        position += len(rule) + 1
    if not intervals:
        raise _refused(_("没有写开放时间"))
    return OpeningHours(tuple(intervals))


def print_opening_hours(hours: OpeningHours, lang: Lang = "zh-hans") -> str:
    """Print days with the same hours together; the Chinese form parses back to `hours`."""
    by_day = {
        day: tuple((i.opens, i.closes) for i in intervals) for day, intervals in groupby(hours.intervals, key=lambda i: i.weekday)
    }
    rules = []
    for times in dict.fromkeys(by_day.values()):
        days = [day for day in by_day if by_day[day] == times]
        stretches = [Interval(0, *pair) for pair in times]
        if lang == "en":
            rules.append(f"{_days_en(days)} {', '.join(_hours(s, '–') for s in stretches)}")
        else:
            rules.append(f"{_days_zh(days)} {','.join(_hours(s, '-') for s in stretches)}")
    return "; ".join(rules) if lang == "en" else "；".join(rules)


def is_open(hours: OpeningHours, weekday: int, at: time) -> bool:
    """Say whether the place is open at that minute of the weekday (1 is Monday)."""
    return any(i.weekday == weekday and _minute(i.opens) <= _minute(at) < _closing_minute(i) for i in hours.intervals)


def _read_rule(rule: str, position: int) -> Iterator[Interval]:
    match = _RULE.fullmatch(rule)
    if not match:
        raise _refused(_("%(text)s应先写星期再写时间") % {"text": quote(rule.strip())}, position)
    times = list(_read_times(match["times"], position + match.start("times")))
    for day in _read_days(match["days"], position + match.start("days")):
        for opens, closes in times:
            yield Interval(day, opens, closes)


def _read_days(text: str, position: int) -> Iterable[int]:
    if text in _EVERY_DAY:
        return range(1, 8)
    days: list[int] = []
    for piece in re.split(r"[、,和]", text):
        match = _DAY_RANGE.fullmatch(piece)
        first = _weekday(match[1]) if match else 0
        last = _weekday(match[2]) if match and match[2] else first
        if not match or last < first:
            raise _refused(_("看不懂星期%(text)s，每周从周一排到周日") % {"text": quote(text)}, position)
        days += range(first, last + 1)
    return days


def _read_times(text: str, position: int) -> Iterator[tuple[time, time]]:
    for piece in re.split(r"[,、]", text):
        match = _TIME_RANGE.fullmatch(piece)
        if not match:
            raise _refused(_("看不懂时间%(text)s，请用 24 小时制") % {"text": quote(piece.strip())}, position)
        first_hour, first_minute, last_hour, last_minute = (int(group) for group in match.groups())
        if (last_hour, last_minute) == (24, 0):
            last_hour = 0
        try:
            yield time(first_hour, first_minute), time(last_hour, last_minute)
        except ValueError as error:
            raise _refused(_("%(text)s里有不存在的时刻") % {"text": quote(piece.strip())}, position) from error


def _weekday(character: str) -> int:
    return 7 if character == "天" else _DAYS_ZH.index(character) + 1


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _closing_minute(interval: Interval) -> int:
    return _minute(interval.closes) or 24 * 60


def _hours(interval: Interval, dash: str) -> str:
    closes = "24:00" if interval.closes == MIDNIGHT else f"{interval.closes:%H:%M}"
    return f"{interval.opens:%H:%M}{dash}{closes}"


def _runs(days: list[int]) -> Iterator[list[int]]:
    for _step, run in groupby(enumerate(days), key=lambda pair: pair[1] - pair[0]):
        yield [day for _index, day in run]


def _days_zh(days: list[int]) -> str:
    if len(days) == len(_DAYS_ZH):
        return "每天"
    names = [[f"周{_DAYS_ZH[day - 1]}" for day in run] for run in _runs(days)]
    return "、".join(f"{n[0]}至{n[-1]}" if len(n) > 2 else "、".join(n) for n in names)


def _days_en(days: list[int]) -> str:
    if len(days) == len(_DAYS_EN):
        return "Daily"
    names = [[_DAYS_EN[day - 1] for day in run] for run in _runs(days)]
    return ", ".join(f"{n[0]}–{n[-1]}" if len(n) > 2 else ", ".join(n) for n in names)


def _refused(problem: str, position: int = 0) -> TextError:
    return TextError(
        _("%(problem)s。请照这个样子写：%(example)s。") % {"problem": problem, "example": _EXAMPLE},
        code="opening_hours",
        position=position,
    )
