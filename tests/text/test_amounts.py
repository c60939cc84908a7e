from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text.amounts import (
    DECIMAL_PLACES,
    MAX_DIGITS,
    SIGNIFICANT_DIGITS,
    Amount,
    AmountParts,
    parse_amount,
    print_amount,
    split_amount,
)
from portal.text.errors import TextError
from portal.text.numbers import NUMBER_CHARACTERS
from portal.text.qualifiers import Qualifier
from portal.text.units import NOUNS, SPELLINGS

from .hostile import quick

Q = Qualifier


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        # the words of the two districts' articles
        ("80余个", 80, "个", Q.AND_MORE),
        ("超过16万人", 160_000, "人", Q.OVER),
        ("2.5万人次", 25_000, "人次", Q.EXACT),
        ("22760万元", 227_600_000, "元", Q.EXACT),
        ("1亿元", 100_000_000, "元", Q.EXACT),
        ("3亿元", 300_000_000, "元", Q.EXACT),
        ("487万元", 4_870_000, "元", Q.EXACT),
        ("6万余人", 60_000, "人", Q.AND_MORE),
        ("200\n余名", 200, "名", Q.AND_MORE),
        ("达231名", 231, "名", Q.EXACT),
        ("达到\n11000人", 11_000, "人", Q.EXACT),
        ("100余名", 100, "名", Q.AND_MORE),
        ("300余件", 300, "件", Q.AND_MORE),
        ("123 家", 123, "家", Q.EXACT),
        ("233\n期", 233, "期", Q.EXACT),
        ("75%", 75, "%", Q.EXACT),
        ("1765人", 1_765, "人", Q.EXACT),
        ("200套", 200, "套", Q.EXACT),
        ("13所", 13, "所", Q.EXACT),
        ("两块", 2, "块", Q.EXACT),
        ("十条", 10, "条", Q.EXACT),
        # the rest of the language
        ("75％", 75, "%", Q.EXACT),
        ("百分之七十五", 75, "%", Q.EXACT),
        ("超过百分之2.5", "2.5", "%", Q.OVER),
        ("2.3个百分点", "2.3", "个百分点", Q.EXACT),
        ("-0.5%", "-0.5", "%", Q.EXACT),
        ("近3亿元", 300_000_000, "元", Q.NEARLY),
        ("约5000平方米", 5_000, "平方米", Q.ABOUT),
        ("3年左右", 3, "年", Q.ABOUT),
        ("40周岁以下", 40, "岁", Q.AT_MOST),
        ("40周岁（含）以下", 40, "岁", Q.AT_MOST),
        ("40周岁（不含）以下", 40, "岁", Q.UNDER),
        ("未满18周岁", 18, "岁", Q.UNDER),
        ("5个工作日内", 5, "个工作日", Q.AT_MOST),
        ("30日以内", 30, "天", Q.AT_MOST),
        ("不少于3年", 3, "年", Q.AT_LEAST),
        ("3年及以上", 3, "年", Q.AT_LEAST),
        ("不超过5万元", 50_000, "元", Q.AT_MOST),
        ("10余万人", 100_000, "人", Q.AND_MORE),
        ("达200余名", 200, "名", Q.AND_MORE),
        ("百余名", 100, "名", Q.AND_MORE),
        ("3年多", 3, "年", Q.AND_MORE),
        ("１６万人", 160_000, "人", Q.EXACT),
        ("1,765人", 1_765, "人", Q.EXACT),
        ("一百二十人", 120, "人", Q.EXACT),
        ("三千五百万元", 35_000_000, "元", Q.EXACT),
        ("0.00元", 0, "元", Q.EXACT),
    ],
)
def test_parse_amount_reads(text, value, unit, qualifier):
    assert parse_amount(text) == Amount(Decimal(value), unit, qualifier, text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("副高以上", "not_an_amount"),
        ("第一", "not_an_amount"),
        ("数十人", "not_an_amount"),
        ("½人", "not_an_amount"),
        ("超过80余个", "qualifier"),
        ("约3亿元左右", "qualifier"),
        ("至少-3%", "qualifier"),
        ("80余个以上", "qualifier"),
        ("3-5人", "range"),
        ("3至5万元", "range"),
        ("80", "unit"),
        ("100美元", "unit"),
        ("80余个项目", "unit"),
        ("5²人", "unit"),
        ("百分之五人", "unit"),
        ("一百五人", "number"),
        ("8余0人", "number"),
        ("余人", "not_an_amount"),
        ("1.23456个", "too_precise"),
        ("1.000000000000000000000000001人", "too_long"),
        ("1000万亿元", "too_precise"),
        ("1000000000000000元", "too_precise"),
        ("1234567890123456人", "too_precise"),
    ],
)
def test_parse_amount_refuses(text, code):
    with pytest.raises(TextError) as caught:
        parse_amount(text)

    assert caught.value.code == code


def test_an_unknown_unit_is_named_with_its_place():
    with pytest.raises(TextError, match="不认识单位「个项目」（第 4 个字）") as caught:
        parse_amount("80余个项目")

    assert caught.value.position == 3


def test_minus_zero_is_zero():
    assert str(parse_amount("-0%").value) == "0"


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "chinese", "english"),
    [
        (160_000, "人", Q.OVER, "超过16万人", "over 160,000 people"),
        (80, "个", Q.AND_MORE, "80余个", "more than 80"),
        (60_000, "人", Q.AND_MORE, "6万余人", "more than 60,000 people"),
        (227_600_000, "元", Q.EXACT, "2.276亿元", "RMB 227.6 million"),
        (300_000_000, "元", Q.NEARLY, "近3亿元", "nearly RMB 300 million"),
        (1_200_000_000_000, "元", Q.EXACT, "1.2万亿元", "RMB 1.2 trillion"),
        (1_765, "人", Q.EXACT, "1765人", "1,765 people"),
        (12_345_678, "人", Q.EXACT, "12345678人", "12,345,678 people"),
        (75, "%", Q.EXACT, "75%", "75%"),
        (75, "%", Q.AND_MORE, "75%多", "more than 75%"),
        (1, "人", Q.EXACT, "1人", "1 person"),
        (3, "年", Q.AT_LEAST, "至少3年", "at least 3 years"),
        (40, "岁", Q.AT_MOST, "不超过40岁", "at most 40 years old"),
        (18, "岁", Q.UNDER, "不到18岁", "under 18 years old"),
        (5_000, "平方米", Q.ABOUT, "约5000平方米", "about 5,000 square metres"),
    ],
)
def test_print_amount(value, unit, qualifier, chinese, english):
    printed = [print_amount(Decimal(value), unit, qualifier, lang) for lang in ("zh-hans", "en")]

    assert printed == [chinese, english]


def test_a_value_padded_by_its_column_prints_the_same():
    padded = Decimal("160000.000000")

    assert print_amount(padded, "人", Q.EXACT) == "16万人"
    assert print_amount(Decimal("1.000000"), "人", Q.EXACT, "en") == "1 person"


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "lang", "parts"),
    [
        (160_000, "人", Q.OVER, "zh-hans", AmountParts("超过", "16万", "人")),
        (80, "个", Q.AND_MORE, "zh-hans", AmountParts("", "80余", "个")),
        (300_000_000, "元", Q.OVER, "en", AmountParts("over RMB ", "300 million", "")),
        (200, "名", Q.EXACT, "en", AmountParts("", "200", " people")),
    ],
)
def test_split_amount_sets_the_number_apart(value, unit, qualifier, lang, parts):
    assert split_amount(Decimal(value), unit, qualifier, lang) == parts


def digits_and_places(digits, places):
    return Decimal(digits).scaleb(-places)


values = st.builds(
    digits_and_places,
    st.integers(0, 10**SIGNIFICANT_DIGITS - 1),
    st.integers(0, DECIMAL_PLACES),
) | st.builds(lambda n, power: Decimal(n * 10**power), st.integers(0, 99_999), st.integers(0, 9))


@given(
    value=values,
    unit=st.sampled_from(sorted(NOUNS)),
    qualifier=st.sampled_from(Qualifier),
)
@quick
def test_parse_amount_reads_what_print_amount_prints(value, unit, qualifier):
    printed = print_amount(value, unit, qualifier)

    assert parse_amount(printed) == Amount(value, unit, qualifier, printed)


@given(value=values, unit=st.sampled_from(sorted(NOUNS)))
@quick
def test_a_negative_amount_round_trips(value, unit):
    printed = print_amount(-value, unit, Q.EXACT)

    assert parse_amount(printed).value == -value


@given(
    value=values,
    unit=st.sampled_from(sorted(NOUNS)),
    qualifier=st.sampled_from(Qualifier),
)
@quick
def test_english_loses_no_digit(value, unit, qualifier):
    number = split_amount(value, unit, qualifier, "en").number
    figures, _, word = number.partition(" ")
    scale = {"": 1, "million": 10**6, "billion": 10**9, "trillion": 10**12}[word]

    assert Decimal(figures.replace(",", "")) * scale == value


@given(value=values)
@quick
def test_a_value_fits_the_column(value):
    stored = parse_amount(print_amount(value, "元", Q.EXACT)).value

    assert "E" not in str(stored)
    assert len(stored.as_tuple().digits) <= SIGNIFICANT_DIGITS
    assert stored < 10 ** (MAX_DIGITS - DECIMAL_PLACES)


def test_no_unit_begins_like_a_number():
    assert [spelling for spelling in SPELLINGS if spelling[0] in NUMBER_CHARACTERS + "余多"] == []
