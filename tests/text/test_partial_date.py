from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text.errors import TextError
from portal.text.partial_date import (
    PartialDate,
    Precision,
    parse_partial_date,
    partial_date,
    print_partial_date,
)

from .hostile import quick

partial_dates = st.builds(
    partial_date,
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.sampled_from(Precision),
)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31), Precision.YEAR),
        ("2021-H2", date(2021, 7, 1), date(2021, 12, 31), Precision.HALF),
        ("2021-Q3", date(2021, 7, 1), date(2021, 9, 30), Precision.QUARTER),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), Precision.MONTH),
        ("2021-08-05", date(2021, 8, 5), date(2021, 8, 5), Precision.DAY),
    ],
)
def test_parse_partial_date_reads_canonical_forms(text, first, last, precision):
    assert parse_partial_date(text) == PartialDate(first, last, precision)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("2021年", "2021"),
        ("2021年8月", "2021-08"),
        ("2020 年 12 月", "2020-12"),
        ("2021年8月份", "2021-08"),
        ("2021年08月05日", "2021-08-05"),
        ("2021年8月5号", "2021-08-05"),
        ("2021年上半年", "2021-H1"),
        ("2021年下半年", "2021-H2"),
        ("2021年第一季度", "2021-Q1"),
        ("2021年1季度", "2021-Q1"),
        ("2021年四季度", "2021-Q4"),
        ("２０２１年８月", "2021-08"),
        ("二〇二一年十二月三十一日", "2021-12-31"),
        (" 2021-08 ", "2021-08"),
    ],
)
def test_parse_partial_date_reads_chinese(text, canonical):
    assert str(parse_partial_date(text)) == canonical


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2021-8", "date"),
        ("2021-h2", "date"),
        ("2021-Q5", "date"),
        ("2021/08/05", "date"),
        ("２０２１-08", "date"),
        ("21年", "date"),
        ("2021年底", "date"),
        ("截至2021年", "date"),
        ("今年", "date"),
        ("2021-02-30", "no_such_day"),
        ("2021-00", "no_such_day"),
        ("2021年13月", "no_such_day"),
        ("2021年2月29日", "no_such_day"),
        ("1899", "date_range"),
        ("2101年1月", "date_range"),
        ("0000", "date_range"),
    ],
)
def test_parse_partial_date_refuses(text, code):
    with pytest.raises(TextError) as caught:
        parse_partial_date(text)

    assert caught.value.code == code


@pytest.mark.parametrize(
    ("canonical", "chinese", "english"),
    [
        ("2021", "2021年", "2021"),
        ("2021-H1", "2021年上半年", "first half of 2021"),
        ("2021-H2", "2021年下半年", "second half of 2021"),
        ("2021-Q3", "2021年第三季度", "Q3 2021"),
        ("2021-08", "2021年8月", "August 2021"),
        ("2021-08-05", "2021年8月5日", "5 August 2021"),
    ],
)
def test_print_partial_date(canonical, chinese, english):
    value = parse_partial_date(canonical)

    assert [print_partial_date(value), print_partial_date(value, "en")] == [
        chinese,
        english,
    ]


@given(value=partial_dates)
@quick
def test_both_written_forms_read_back(value):
    assert parse_partial_date(str(value)) == value
    assert parse_partial_date(print_partial_date(value)) == value


@given(
    day=st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    precision=st.sampled_from(Precision),
)
@quick
def test_partial_date_holds_its_day(day, precision):
    value = partial_date(day, precision)

    assert value.first <= day <= value.last
    assert partial_date(value.first, precision) == partial_date(value.last, precision) == value


@pytest.mark.parametrize(
    ("first", "last", "precision", "code"),
    [
        (date(2021, 1, 1), date(2021, 12, 30), Precision.YEAR, "date_mismatch"),
        (date(2021, 2, 1), date(2021, 4, 30), Precision.QUARTER, "date_mismatch"),
        (date(2021, 8, 1), date(2021, 8, 31), Precision.DAY, "date_mismatch"),
        (date(2021, 8, 5), date(2021, 8, 5), Precision.MONTH, "date_mismatch"),
        (date(1899, 1, 1), date(1899, 12, 31), Precision.YEAR, "date_range"),
    ],
)
def test_stored_columns_that_disagree_are_refused(first, last, precision, code):
    with pytest.raises(TextError) as caught:
        PartialDate(first, last, precision)

    assert caught.value.code == code


@pytest.mark.parametrize(
    ("first", "last", "answer"),
    [
        (date(2021, 1, 1), date(2021, 6, 30), False),
        (date(2021, 1, 1), date(2021, 7, 1), True),
        (date(2021, 8, 1), date(2021, 8, 2), True),
        (date(2021, 12, 31), date(2022, 1, 31), True),
        (date(2022, 1, 1), date(2022, 1, 31), False),
    ],
)
def test_overlaps_includes_both_ends(first, last, answer):
    assert parse_partial_date("2021-H2").overlaps(first, last) is answer
