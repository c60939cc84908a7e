"""Two partial dates as one stretch of time, each at its own precision."""

from portal.text.language import Lang
from portal.text.partial_date import PartialDate, Precision, print_partial_date


def print_span(first: PartialDate, last: PartialDate, lang: Lang = "zh-hans") -> str:
    """Print what both share once: 2021年7月19日至24日, "19–24 July 2021"; one date where they are the same."""
    if first == last:
        return print_partial_date(first, lang)
    if first.precision is last.precision is Precision.YEAR:
        return f"{first.first.year}–{last.first.year}" if lang == "en" else f"{first.first.year}—{last.first.year}年"
    begin, end = print_partial_date(first, lang), print_partial_date(last, lang)
    if lang == "en":
        return _english(first, last, begin, end)
    return f"{begin}至{end.removeprefix(_shared(first, last))}"


def _shared(first: PartialDate, last: PartialDate) -> str:
    """What the Chinese end need not say again; a year on its own is always said."""
    if first.first.year != last.first.year or Precision.YEAR in {first.precision, last.precision}:
        return ""
    year = f"{first.first.year}年"
    return f"{year}{first.first.month}月" if _are_days_of_one_month(first, last) else year


def _english(first: PartialDate, last: PartialDate, begin: str, end: str) -> str:
    if _are_days_of_one_month(first, last):
        return f"{first.first.day}–{end}"
    by_name = {Precision.DAY, Precision.MONTH}
    if first.first.year == last.first.year and {first.precision, last.precision} <= by_name:
        return f"{begin.removesuffix(f' {first.first.year}')} – {end}"
    return f"{begin} – {end}"


def _are_days_of_one_month(first: PartialDate, last: PartialDate) -> bool:
    are_days = first.precision is last.precision is Precision.DAY
    return are_days and (first.first.year, first.first.month) == (last.first.year, last.first.month)
