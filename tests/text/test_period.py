from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text.errors import TextError
from portal.text.partial_date import parse_partial_date
from portal.text.period import AsOf, Period, parse_as_of, parse_period

from .hostile import quick

ON = date(2021, 9, 10)
PUBLISHED = parse_partial_date("2021-H2")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("近3年", date(2018, 9, 11), ON),
        ("近三年", date(2018, 9, 11), ON),
        ("近五年", date(2016, 9, 11), ON),
        ("最近6个月", date(2021, 3, 11), ON),
        ("今年", date(2021, 1, 1), date(2021, 12, 31)),
        ("今年以来", date(2021, 1, 1), ON),
        ("去年", date(2020, 1, 1), date(2020, 12, 31)),
        ("去年下半年", date(2020, 7, 1), date(2020, 12, 31)),
        ("目前", ON, ON),
        ("截至目前", ON, ON),
        ("截止目前", ON, ON),
        ("2019—2022年", date(2019, 1, 1), date(2022, 12, 31)),
        ("2019-2022年", date(2019, 1, 1), date(2022, 12, 31)),
        ("2019年至2022年", date(2019, 1, 1), date(2022, 12, 31)),
        ("2019年以来", date(2019, 1, 1), ON),
        ("从2019年\n起", date(2019, 1, 1), ON),
        ("2019年至今", date(2019, 1, 1), ON),
        ("今年7月19日至24日", date(2021, 7, 19), date(2021, 7, 24)),
        ("2021年7月30日至8月2日", date(2021, 7, 30), date(2021, 8, 2)),
        ("2020年12月至2022年3月", date(2020, 12, 1), date(2022, 3, 31)),
        ("2021年第一季度至第三季度", date(2021, 1, 1), date(2021, 9, 30)),
        ("二〇二一年七月十九日至二十四日", date(2021, 7, 19), date(2021, 7, 24)),
        ("2020 年 12 月", date(2020, 12, 1), date(2020, 12, 31)),
        ("2021-08-05", date(2021, 8, 5), date(2021, 8, 5)),
    ],
)
def test_parse_period_reads(text, first, last):
    assert parse_period(text, ON) == Period(first, last, text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("近年来", "period"),
        ("近0年", "period"),
        ("近999年", "period"),
        ("7月19日至24日", "period"),
        ("2021年至24日", "period"),
        ("", "period"),
        ("2022—2019年", "period_order"),
        ("2030年以来", "period_order"),
        ("2021年7月24日至19日", "period_order"),
        ("2021-02-30", "no_such_day"),
        ("1800—1850年", "date_range"),
    ],
)
def test_parse_period_refuses(text, code):
    with pytest.raises(TextError) as caught:
        parse_period(text, ON)

    assert caught.value.code == code


def test_a_recent_year_counted_from_a_leap_day_starts_in_march():
    assert parse_period("近1年", date(2020, 2, 29)).first == date(2019, 3, 1)


@given(on=st.dates(date(1950, 1, 1), date(2100, 12, 31)), years=st.integers(1, 49))
@quick
def test_recent_years_are_the_wanted_number_of_years_long(on, years):
    period = parse_period(f"近{years}年", on)

    assert abs((period.last - period.first).days + 1 - years * 365.2425) < 2


@pytest.mark.parametrize(
    ("text", "at", "marker", "is_relative"),
    [
        ("截至2021年", "2021", "截至", False),
        ("截至2021年底", "2021-12-31", "截至", False),
        ("截止2021年年末", "2021-12-31", "截止", False),
        ("截至2021年8月底", "2021-08-31", "截至", False),
        ("截至今年8月", "2021-08", "截至", True),
        ("截至目前", "2021-H2", "截至", True),
        ("截止目前", "2021-H2", "截止", True),
        ("目前", "2021-H2", "", True),
        ("2021年第一季度", "2021-Q1", "", False),
    ],
)
def test_parse_as_of_reads(text, at, marker, is_relative):
    assert parse_as_of(text, PUBLISHED) == AsOf(parse_partial_date(at), marker, is_relative)


@pytest.mark.parametrize("text", ["", "截至", "近3年", "截至截至2021年", "2021年初"])
def test_parse_as_of_refuses(text):
    with pytest.raises(TextError) as caught:
        parse_as_of(text, PUBLISHED)

    assert caught.value.code == "date"
