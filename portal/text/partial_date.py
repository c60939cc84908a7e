"""Partial dates: a year, half-year, quarter, month or day, as exact as the source was."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from portal.text.errors import TextError, quote, require_length
from portal.text.language import Lang
from portal.text.numbers import HAN_DIGITS, read_digits, read_whole
from portal.text.width import narrow

MAX_DATE_LENGTH = 32
FIRST_YEAR, LAST_YEAR = 1900, 2100

# Not `calendar.month_name`, which follows the locale of the process.
_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_HALVES_ZH, _HALVES_EN = "上下", ("first", "second")
_QUARTERS_ZH = "一二三四"
_CANONICAL = re.compile(r"(\d{4})(?:-H([12])|-Q([1-4])|-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_D = f"[0-9〇十{HAN_DIGITS}]"
_CHINESE = re.compile(
    rf"\s*(?P<year>{_D}{{4}})\s*年\s*(?:"
    rf"(?P<half>[{_HALVES_ZH}])半年|第?(?P<quarter>[1-4{_QUARTERS_ZH}])季度"
    rf"|(?P<month>{_D}{{1,2}})\s*月(?:份|\s*(?P<day>{_D}{{1,3}})\s*[日号])?)?\s*"
)


class Precision(StrEnum):
    """The calendar unit a partial date covers."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"


_SPAN_MONTHS = {
    Precision.YEAR: 12,
    Precision.HALF: 6,
    Precision.QUARTER: 3,
    Precision.MONTH: 1,
}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """All days from `first` to `last`, both included.

    Built from stored columns too: `TextError` (codes `date_range`, `date_mismatch`) unless the
    days are exactly one unit of `precision` within 1900-2100.
    """

    first: date
    last: date
    precision: Precision

    def __post_init__(self) -> None:
        _require_year(self.first.year, str(self.first.year))
        if _span(self.first, self.precision) != (self.first, self.last):
            raise TextError(
                _("%(first)s至%(last)s不是一个完整的时间单位（%(precision)s）。请重新填写这个日期，例如“2021年下半年”。")
                % {"first": self.first, "last": self.last, "precision": self.precision},
                code="date_mismatch",
            )

    def __str__(self) -> str:
        year, month = f"{self.first.year:04d}", self.first.month
        return {
            Precision.YEAR: year,
            Precision.HALF: f"{year}-H{(month + 5) // 6}",
            Precision.QUARTER: f"{year}-Q{(month + 2) // 3}",
            Precision.MONTH: f"{year}-{month:02d}",
            Precision.DAY: self.first.isoformat(),
        }[self.precision]

    def overlaps(self, first: date, last: date) -> bool:
        """Say whether the true date may lie between the two days, both included."""
        return self.first <= last and first <= self.last


def partial_date(day: date, precision: Precision) -> PartialDate:
    """Give the unit of `precision` that `day` lies in; `TextError` outside 1900-2100."""
    _require_year(day.year, str(day.year))
    return PartialDate(*_span(day, precision), precision)


def parse_partial_date(text: str) -> PartialDate:
    """Read a canonical (2021-H2, 2021-08-05) or Chinese (2021年8月) date, at most 32 characters.

    `TextError` codes: too_long, date, date_range (year outside 1900-2100), no_such_day.
    """
    require_length(text, MAX_DATE_LENGTH, _("日期"))
    canonical = _CANONICAL.fullmatch(text.strip())
    match = canonical or _CHINESE.fullmatch(narrow(text))
    if not match:
        raise _not_a_date(text)
    try:
        return _assemble(match, text)
    except TextError as error:
        if error.code != "number":
            raise
        raise _not_a_date(text) from error


def print_partial_date(value: PartialDate, lang: Lang = "zh-hans") -> str:
    """Print at the date's own precision: 2021年8月5日, "5 August 2021", "Q3 2021"."""
    year, month, day = value.first.year, value.first.month, value.first.day
    half, quarter = (month - 1) // 6, (month - 1) // 3
    name = _ENGLISH_MONTHS[month - 1]
    chinese, english = {
        Precision.YEAR: ("", f"{year}"),
        Precision.HALF: (
            f"{_HALVES_ZH[half]}半年",
            f"{_HALVES_EN[half]} half of {year}",
        ),
        Precision.QUARTER: (f"第{_QUARTERS_ZH[quarter]}季度", f"Q{quarter + 1} {year}"),
        Precision.MONTH: (f"{month}月", f"{name} {year}"),
        Precision.DAY: (f"{month}月{day}日", f"{day} {name} {year}"),
    }[value.precision]
    return english if lang == "en" else f"{year}年{chinese}"


def _assemble(match: re.Match[str], text: str) -> PartialDate:
    year, half, quarter, month, day = match.groups()
    number = read_digits(year)
    _require_year(number, text)
    if half:
        return partial_date(date(number, 6 * _ordinal(half, _HALVES_ZH), 1), Precision.HALF)
    if quarter:
        return partial_date(date(number, 3 * _ordinal(quarter, _QUARTERS_ZH), 1), Precision.QUARTER)
    if not month:
        return partial_date(date(number, 1, 1), Precision.YEAR)
    try:
        first = date(number, read_whole(month), read_whole(day) if day else 1)
    except TextError:
        raise
    except ValueError as error:
        raise TextError(
            _("%(text)s在日历上不存在。请核对月和日，例如“2021年8月5日”。") % {"text": quote(text)}, code="no_such_day"
        ) from error
    return partial_date(first, Precision.DAY if day else Precision.MONTH)


def _ordinal(figure: str, marks: str) -> int:
    return marks.index(figure) + 1 if figure in marks else int(figure)


def _span(day: date, precision: Precision) -> tuple[date, date]:
    if precision is Precision.DAY:
        return day, day
    months = _SPAN_MONTHS[precision]
    first_month = (day.month - 1) // months * months + 1
    last_month = first_month + months - 1
    last_day = calendar.monthrange(day.year, last_month)[1]
    return date(day.year, first_month, 1), date(day.year, last_month, last_day)


def _require_year(year: int, text: str) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise TextError(
            _("%(text)s的年份不在 %(first)d 到 %(last)d 之间。请核对，例如“2021年8月”。")
            % {"text": quote(text), "first": FIRST_YEAR, "last": LAST_YEAR},
            code="date_range",
        )


def _not_a_date(text: str) -> TextError:
    return TextError(
        _(
            "%(text)s不是可以识别的日期。请写“2021年”“2021年下半年”“2021年第三季度”“2021年8月”"
            "或“2021年8月5日”，也可以写 2021-H2、2021-Q3、2021-08、2021-08-05。"
        )
        % {"text": quote(text)},
        code="date",
    )
