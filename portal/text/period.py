"""Stretches of time in a text, many of them relative to the day it was published."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from portal.text.errors import TextError, quote, require_length
from portal.text.numbers import HAN_DIGITS, read_whole
from portal.text.partial_date import (
    FIRST_YEAR,
    PartialDate,
    Precision,
    parse_partial_date,
    partial_date,
)
from portal.text.width import narrow

MAX_PERIOD_LENGTH = 64

_NOW = frozenset({"目前", "当前", "如今", "截至目前", "截止目前", "截至当前"})
_YEAR_WORDS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
_YEARS = re.compile(r"(\d{4})年?(?:[-—–~]{1,2}|[至到])(\d{4})年?", re.ASCII)
_RECENT = re.compile(rf"(?:最近|近|过去)([0-9十两{HAN_DIGITS}]{{1,3}})(年|个月)来?")
_SINCE = re.compile(r"[从自]?(.{1,20}?)(?:以来|起|开始|至今)")
_UNTIL = re.compile(r"(.{4,20}?)(?:[至到~]|[—–]{1,2})(.{1,20})")
_LEADING = re.compile(r"([^年]{4}年)([^月]{1,3}月)?")
_AS_OF = re.compile(r"(?:(截至|截止)到?)?(.*)", re.DOTALL)
_LAST_DAY = re.compile(r"(.{1,20}?[年月])年?[底末]")


@dataclass(frozen=True, slots=True)
class Period:
    """All days from `first` to `last`, both included, and the words they were read from."""

    first: date
    last: date
    text: str


@dataclass(frozen=True, slots=True)
class AsOf:
    """The time a figure holds for.

    `marker` is 截至, 截止 or empty; 截止 names a deadline and is a slip here, to be shown to the
    proof-reader. `is_relative` tells that the time was taken from the date of publication.
    """

    at: PartialDate
    marker: str
    is_relative: bool


def parse_as_of(text: str, published: PartialDate) -> AsOf:
    """Read 截至2021年, 截至2021年底 (its last day), 2021-08, 今年8月 or 目前 (= `published`).

    At most 64 characters; `TextError` codes as `parse_partial_date`.
    """
    require_length(text, MAX_PERIOD_LENGTH, _("截至时间"))
    match = _AS_OF.fullmatch("".join(narrow(text).split()))
    marker, words = (match[1] or "", match[2]) if match else ("", "")
    if words in _NOW:
        return AsOf(published, marker, is_relative=True)
    dated = _with_year(words, published.first)
    last_day = _LAST_DAY.fullmatch(dated)
    at = parse_partial_date(last_day[1] if last_day else dated)
    if last_day:
        at = partial_date(at.last, Precision.DAY)
    return AsOf(at, marker, is_relative=dated != words)


def parse_period(text: str, on: date) -> Period:
    """Read a period as understood on the day `on`; at most 64 characters.

    近3年 ends on `on` and is three years long to the day; 今年 is the whole calendar year;
    2019年以来 ends on `on`; 目前 is that one day. `TextError` codes: too_long, period,
    period_order, and those of `parse_partial_date`.
    """
    require_length(text, MAX_PERIOD_LENGTH, _("时间段"))
    words = "".join(narrow(text).split())
    first, last = _read(words, on, text)
    if first > last:
        raise TextError(
            _("%(text)s的开始晚于结束。请核对先后，例如“2019—2022年”。") % {"text": quote(text)},
            code="period_order",
        )
    return Period(first, last, text.strip())


def _read(words: str, on: date, text: str) -> tuple[date, date]:
    if words in _NOW:
        return on, on
    if recent := _RECENT.fullmatch(words):
        return _back(recent, on, text), on
    words = _with_year(words, on)
    try:
        return _read_dated(words, on)
    except TextError as error:
        if error.code != "date":
            raise
        raise _not_a_period(text) from error


def _read_dated(words: str, on: date) -> tuple[date, date]:
    if years := _YEARS.fullmatch(words):
        return (
            parse_partial_date(f"{years[1]}年").first,
            parse_partial_date(f"{years[2]}年").last,
        )
    if since := _SINCE.fullmatch(words):
        return parse_partial_date(since[1]).first, on
    if until := _UNTIL.fullmatch(words):
        return (
            parse_partial_date(until[1]).first,
            parse_partial_date(_complete(until[2], until[1])).last,
        )
    whole = parse_partial_date(words)
    return whole.first, whole.last


def _with_year(words: str, on: date) -> str:
    for word, offset in _YEAR_WORDS.items():
        if words.startswith(word):
            return f"{on.year + offset:04d}年{words.removeprefix(word)}"
    return words


def _complete(right: str, left: str) -> str:
    """Give the end of a range the year and month that it leaves to the start: 7月19日至24日."""
    leading = _LEADING.match(left)
    if _LEADING.match(right) or not leading:
        return right
    if "月" in right or "季度" in right:
        return leading[1] + right
    return leading[1] + (leading[2] or "") + right


def _back(recent: re.Match[str], on: date, text: str) -> date:
    try:
        count = read_whole(recent[1])
    except TextError as error:
        raise _not_a_period(text) from error
    months = on.year * 12 + on.month - 1 - count * (12 if recent[2] == "年" else 1)
    year, month = months // 12, months % 12 + 1
    if count == 0 or year < FIRST_YEAR:
        raise _not_a_period(text)
    day = min(on.day, monthrange(year, month)[1])
    return date(year, month, day) + timedelta(days=1)


def _not_a_period(text: str) -> TextError:
    return TextError(
        _("%(text)s不是可以确定起止的时间段。请写“近3年”“今年”“2019—2022年”“2019年以来”或“2021年7月19日至24日”。")
        % {"text": quote(text)},
        code="period",
    )
