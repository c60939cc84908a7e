"""What holds for every function of the room that takes text from outside."""

from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text.amounts import parse_amount
from portal.text.clauses import split_clauses
from portal.text.document_number import parse_document_number
from portal.text.errors import TextError, quote, require_length
from portal.text.folding import clean_text, fold
from portal.text.markdown import plain_text, render_markdown
from portal.text.numbers import read_digits, read_han, read_number, read_whole
from portal.text.opening_hours import parse_opening_hours
from portal.text.partial_date import Precision, parse_partial_date, partial_date
from portal.text.period import parse_as_of, parse_period
from portal.text.pinyin import slug_from, sort_key
from portal.text.ranks import parse_rank

from .hostile import HOSTILE, any_text, quick

PUBLISHED = partial_date(date(2021, 9, 10), Precision.HALF)
sort_key("暖")  # loads the dictionary, which takes longer than any answer

PARSERS = {
    "parse_amount": parse_amount,
    "parse_rank": parse_rank,
    "parse_partial_date": parse_partial_date,
    "parse_period": lambda text: parse_period(text, date(2021, 9, 10)),
    "parse_period_first_day": lambda text: parse_period(text, date.min),
    "parse_period_last_day": lambda text: parse_period(text, date.max),
    "parse_as_of": lambda text: parse_as_of(text, PUBLISHED),
    "parse_document_number": parse_document_number,
    "parse_opening_hours": parse_opening_hours,
    "read_number": read_number,
    "read_han": read_han,
    "read_digits": read_digits,
    "read_whole": read_whole,
    "render_markdown": render_markdown,
    "plain_text": plain_text,
    "split_clauses": split_clauses,
    "fold": fold,
    "clean_text": clean_text,
    "slug_from": slug_from,
    "sort_key": sort_key,
}

# Pieces of every grammar, so that random texts get past the first character.
PIECES = (
    *(
        "超过",
        "近",
        "约",
        "不满",
        "百分之",
        "-",
        "1",
        "2021",
        "9999",
        ".",
        ",",
        "一",
        "十",
        "百",
    ),
    *(
        "零",
        "点",
        "万",
        "亿",
        "余",
        "多",
        "人",
        "个",
        "元",
        "%",
        "以上",
        "第",
        "条",
        "章",
        "名",
    ),
    *(
        "年",
        "月",
        "日",
        "上半年",
        "季度",
        "截至",
        "目前",
        "今年",
        "至",
        "—",
        "近",
        "个月",
        "底",
    ),
    *(
        "周",
        "五",
        "每天",
        " ",
        "、",
        ";",
        ":",
        "9:00",
        "24:00",
        "〔",
        "〕",
        "号",
        "渝府发",
        "\n",
    ),
    *("*", "[a](", ")", "|", "> ", "- ", "`", "<", "&", "#"),
)
grammar_text = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def refusal(parser, text):
    """Give the error a parser answers with, None when it accepts the text."""
    try:
        PARSERS[parser](text)
    except TextError as error:
        return error
    return None


@pytest.mark.parametrize("parser", PARSERS)
@given(text=any_text | grammar_text)
@quick
def test_any_text_raises_nothing_but_text_error(parser, text):
    error = refusal(parser, text)

    if error:
        assert 0 <= error.position <= len(text)
        assert str(error).endswith("。")
        assert error.code


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("parser", PARSERS)
def test_hostile_text_is_answered_at_once(parser, name):
    started = process_time()

    error = refusal(parser, HOSTILE[name])

    assert process_time() - started < 0.5
    assert str(error).isprintable()


@pytest.mark.parametrize("parser", [name for name in PARSERS if name not in {"sort_key", "slug_from"}])
def test_a_megabyte_is_refused_by_its_length(parser):
    with pytest.raises(TextError) as caught:
        PARSERS[parser]("一" * 1_000_000)

    assert caught.value.code == "too_long"
    assert "1000000" in str(caught.value)


def test_quote_shows_what_would_hide():
    assert quote("a\u202eb\x00") == "「a<U+202E>b<U+0000>」"


def test_quote_cuts_long_text():
    assert quote("字" * 21) == "「" + "字" * 20 + "…」"


def test_require_length_accepts_the_limit():
    require_length("字" * 5, 5, "名称")

    with pytest.raises(TextError, match="最多 5 个字，这里有 6 个字"):
        require_length("字" * 6, 5, "名称")
