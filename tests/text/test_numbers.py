from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text.errors import TextError
from portal.text.numbers import (
    read_digits,
    read_han,
    read_number,
    read_whole,
    write_han,
)

from .hostile import quick


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("007", "7"),
        ("1,765", "1765"),
        ("2.5万", "25000"),
        ("3千", "3000"),
        ("1.2亿", "120000000"),
        ("1亿2276万", "122760000"),
        ("2万5000", "25000"),
        ("1万亿", "1000000000000"),
        ("十", "10"),
        ("两万", "20000"),
        ("一百零三", "103"),
        ("一百二十", "120"),
        ("三千五百万", "35000000"),
        ("一万零五百", "10500"),
        ("二点五亿", "250000000"),
        ("七十五", "75"),
    ],
)
def test_read_number_reads(text, number):
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "一百五",
        "3万5",
        "1,7",
        "1,7655",
        "1.2亿5000万",
        "1万2亿",
        "1.",
        ".5",
        "1 2",
        "万",
        "3十",
        "百十",
        "二〇二一",
        "一万五百",
        "一二",
        "点五",
        "十点",
        "1一",
        "٣",
        "1.2.3",
        "一亿亿万亿",
    ],
)
def test_read_number_refuses_what_has_no_agreed_reading(text):
    with pytest.raises(TextError) as caught:
        read_number(text)

    assert caught.value.code == "number"


def test_read_number_keeps_every_digit():
    assert read_number("123456789012345678.12345") == Decimal("123456789012345678.12345")


def test_read_number_refuses_digits_that_arithmetic_would_round():
    with pytest.raises(TextError) as caught:
        read_number("1.00000000000000000000000000001")

    assert caught.value.code == "too_long"


@given(number=st.integers(0, 10**16 - 1) | st.integers(0, 200_000))
@quick
def test_read_han_reads_what_write_han_writes(number):
    assert read_han(write_han(number)) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (10, "十"),
        (12, "十二"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (10_010, "一万零一十"),
        (100_000, "十万"),
        (10**8 + 1, "一亿零一"),
        (10**12, "一万亿"),
    ],
)
def test_write_han_writes_the_standard_form(number, text):
    assert write_han(number) == text


def test_read_digits_reads_years():
    assert [read_digits("2021"), read_digits("二〇二一"), read_digits("二零二一")] == [2021] * 3


def test_read_whole_takes_either_script_but_not_both():
    assert [read_whole("12"), read_whole("十二")] == [12, 12]

    with pytest.raises(TextError):
        read_whole("1二")
