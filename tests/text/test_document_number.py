import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text.document_number import (
    DocumentNumber,
    document_number_key,
    parse_document_number,
)
from portal.text.errors import TextError

from .hostile import quick

numbers = st.builds(
    DocumentNumber,
    st.text("渝府办发函字委綦江人社〇\U00020000", min_size=2, max_size=12),
    st.integers(1949, 2100),
    st.integers(1, 99_999),
)


@pytest.mark.parametrize(
    "text",
    [
        "渝府发〔2021〕1号",
        "渝府发[2021]1号",
        "渝府发(2021)1号",
        "渝府发【2021】1号",
        "渝府发［2021］1号",
        "渝府发（2021）1号",
        "渝府发﹝2021﹞1号",
        "渝府发〔2021〕第1号",
        "渝府发〔2021〕001号",
        "渝府发〔2021〕1",
        "渝府发〔2021年〕1号",
        " 渝府发 〔 2021 〕 第 1 号 ",
        "渝府发〔２０２１〕１号",
    ],
)
def test_parse_document_number_reads_every_spelling(text):
    assert parse_document_number(text) == DocumentNumber("渝府发", 2021, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "渝府发 2021 1号",
        "渝府发20211号",
        "渝〔2021〕1号",
        "渝府发〔21〕1号",
        "渝府发〔1948〕1号",
        "渝府发〔2101〕1号",
        "渝府发〔2021〕0号",
        "渝府发〔2021〕100000号",
        "渝府发〔2021〕号",
        "渝府发〔2021〕1号、2号",
        "ABC〔2021〕1号",
        "一二三四五六七八九十一二三〔2021〕1号",
    ],
)
def test_parse_document_number_refuses(text):
    with pytest.raises(TextError) as caught:
        parse_document_number(text)

    assert caught.value.code == "document_number"


@pytest.mark.parametrize(
    ("code", "year", "seq"),
    [("渝", 2021, 1), ("渝府\n", 2021, 1), ("渝府发", 1948, 1), ("渝府发", 2021, 0)],
)
def test_stored_columns_out_of_bounds_are_refused(code, year, seq):
    with pytest.raises(TextError):
        DocumentNumber(code, year, seq)


@given(number=numbers)
@quick
def test_a_printed_number_reads_back(number):
    assert parse_document_number(str(number)) == number


@given(one=numbers, other=numbers)
@quick
def test_keys_sort_as_the_numbers_of_one_code(one, other):
    other = DocumentNumber(one.code, other.year, other.seq)

    assert (document_number_key(one) < document_number_key(other)) == (one < other)
    assert (document_number_key(one) == document_number_key(other)) == (one == other)


def test_document_number_prints_the_standard_form():
    assert str(DocumentNumber("渝府办发", 2021, 12)) == "渝府办发〔2021〕12号"
