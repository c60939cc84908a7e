import datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.text.document_number import DocumentNumber
from portal.text.personal_number import (
    find_bank_card,
    find_identity_number,
    find_mobile_number,
    is_credit_code,
    is_identity_number,
    masked,
)

from .hostile import HOSTILE, any_text, quick

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
FINDERS = (find_mobile_number, find_identity_number, find_bank_card)

around = st.tuples(
    st.sampled_from(["", "电话：", "请拨 ", "Tel.", "（"]), st.sampled_from(["", "。", "）", " 张三", "，周一至周五"])
)
full_width = str.maketrans("0123456789", "０１２３４５６７８９")


@st.composite
def mobiles(draw):
    return f"1{draw(st.integers(3, 9))}{draw(st.integers(0, 999_999_999)):09d}"


@st.composite
def identity_numbers(draw):
    born = draw(st.dates(datetime.date(1900, 1, 1), datetime.date(2030, 12, 31)))
    first = (
        f"{draw(st.sampled_from([500110, 500241, 110101, 440305, 650102, 820000]))}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    )
    total = sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True))
    return first + "10X98765432"[total % 11]


@st.composite
def bank_cards(draw):
    length = draw(st.integers(16, 19))
    first = draw(st.sampled_from(["62", "4", "35"])) + draw(st.text("0123456789", min_size=18, max_size=18))
    first = first[: length - 1]
    digits = [int(digit) for digit in reversed(first)]
    total = sum(digits[1::2]) + sum(digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[::2])
    return first + str(-total % 10)


@st.composite
def credit_codes(draw):
    organ = draw(st.sampled_from(["11", "12", "13", "51", "52", "53", "91", "92", "93"]))
    region = draw(st.sampled_from(["500000", "500110", "500114", "500241", "110108"]))
    body = draw(st.text("0123456789", min_size=9, max_size=9) | st.text(LETTERS, min_size=9, max_size=9))
    code = organ + region + body
    total = sum(LETTERS.index(letter) * 3**place % 31 for place, letter in enumerate(code))
    return code + LETTERS[-total % 31]


@given(mobile=mobiles(), words=around)
@quick
def test_every_mobile_number_is_found_in_every_spelling(mobile, words):
    before, after = words
    groups = (mobile[:3], mobile[3:7], mobile[7:])
    written = [mobile, " ".join(groups), "-".join(groups), f"{mobile[:3]} {mobile[3:]}", f"+86{mobile}", f"86-{mobile}"]

    assert [find_mobile_number(before + one + after) for one in written] == written
    assert find_mobile_number(before + mobile.translate(full_width) + after) == mobile


@given(mobile=mobiles(), more=st.text("0123456789", min_size=1, max_size=8))
@quick
def test_a_longer_run_of_digits_holds_no_mobile_number(mobile, more):
    assume(not f"{more}{mobile}".startswith("0086"))

    assert (find_mobile_number(more + mobile), find_mobile_number(mobile + more)) == ("", "")


@given(number=identity_numbers(), words=around)
@quick
def test_every_identity_number_is_found(number, words):
    before, after = words[0].replace("Tel.", "证号"), words[1]
    groups = f"{number[:6]} {number[6:14]} {number[14:]}"

    assert find_identity_number(before + number + after) == number
    assert find_identity_number(before + number.lower() + after) == number.lower()
    assert find_identity_number(before + groups + after) == groups
    assert find_bank_card(before + number + after) == ""


@given(number=identity_numbers(), place=st.integers(0, 17), other=st.sampled_from("0123456789"))
@quick
def test_one_wrong_digit_makes_it_no_identity_number(number, place, other):
    assume(number[place] != other)

    assert find_identity_number(number[:place] + other + number[place + 1 :]) == ""


@given(card=bank_cards(), words=around)
@quick
def test_every_bank_card_is_found(card, words):
    assume(not (len(card) == 18 and (is_credit_code(card) or is_identity_number(card))))
    before, after = words[0].replace("Tel.", "卡号"), words[1]
    groups = " ".join(card[start : start + 4] for start in range(0, len(card), 4))

    assert find_bank_card(before + card + after) == card
    assert find_bank_card(before + groups + after) == groups


@given(code=credit_codes(), year=st.integers(2000, 2030), serial=st.integers(1, 99_999))
@quick
def test_credit_codes_and_index_numbers_are_nobodys(code, year, serial):
    """All digits of a code can make an identity number too, when its middle reads as a birthday; no reader could tell."""
    assume(code[6:8] not in {"18", "19", "20"})
    written = [code, f"{code}/{year}-{serial:05d}", f"统一社会信用代码：{code}。"]

    assert [find(text) for find in FINDERS for text in written] == [""] * 9


@pytest.mark.parametrize("text", ["1300000.0001万元", "130.00000001亿元", "1300000.5万元"])
def test_a_decimal_is_nobodys(text):
    assert find_mobile_number(text) == ""


@given(
    amount=st.integers(0, 10**13),
    day=st.dates(datetime.date(1949, 1, 1), datetime.date(2100, 1, 1)),
    number=st.builds(DocumentNumber, st.just("渝府办发"), st.integers(1949, 2100), st.integers(1, 99_999)),
    extension=st.integers(40_000_000, 89_999_999),
)
@quick
def test_figures_days_document_numbers_and_office_lines_are_nobodys(amount, day, number, extension):
    span = day + datetime.timedelta(days=400)
    written = [
        f"{amount:,}元", f"{amount / 10_000}万元", f"{day:%Y-%m-%d}", f"{day:%Y.%m.%d}-{span:%Y.%m.%d}", f"{day.year}-{span.year} {day:%j}人",
        str(number), f"023-{extension}", f"023 {extension}、{extension + 1}", f"400-{extension // 10:07d}", f"12345 {day.year} {span.year}",
    ]  # fmt: skip

    assert [find(text) for find in FINDERS for text in written] == [""] * 30


@given(text=any_text)
@quick
def test_any_text_is_read(text):
    for find in FINDERS:
        assert find(text) == "" or len(find(text)) >= 11


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_read(text):
    assert [find(text) for find in FINDERS] == ["", "", ""]


def test_masked_keeps_enough_to_find_it_and_too_little_to_use():
    assert masked("13800001234") == "138****34"
