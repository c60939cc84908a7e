"""Normal form, pairs of characters and marks, for texts of any content."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.marking import highlight, snippet
from portal.text.bigrams import asked_bigrams, asked_words, bigrams
from portal.text.document_number import mentioned_numbers
from portal.text.normal_form import normal_form, normal_form_with_places

TEXTS = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("人才公寓灣湾綦〇ＡＢａｂé1２ \n<&>\"'")), max_size=40)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("綦江區人才公寓", "綦江区人才公寓"),
        ("ＡＢ１２　Café", "ab12 cafe"),
        ("〇一二𠀀", "〇一二𠀀"),
        ("a\u200bb\u202ec\x00d\ud800", "abcd"),
        ("第一行\n第二行", "第一行\n第二行"),
    ],
)
def test_normal_form(written, normal):
    assert normal_form(written) == normal


@given(TEXTS)
def test_folding_twice_changes_nothing_and_places_lead_back(text):
    normal, places = normal_form_with_places(text)

    assert normal == normal_form(text)
    assert normal_form(normal) == normal
    assert "".join(normal_form(text[place]) for place in sorted(set(places))) == normal


@given(TEXTS, st.integers(0, 40), st.integers(1, 8))
def test_whatever_stands_in_a_text_is_found_by_its_pairs(text, start, length):
    held = bigrams(normal_form(text))

    for token in asked_bigrams(normal_form(text)[start : start + length]):
        assert any(one.startswith(token[:-1]) for one in held) if token.endswith("*") else token in held


@given(TEXTS)
def test_a_whole_text_holds_its_own_words(text):
    held = bigrams(normal_form(text))

    assert [one for one in asked_words(normal_form(text)) if not one.endswith("*") and one not in held] == []


@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_marks_add_only_marks(text, words):
    marks = {normal_form(word): 1.0 for word in words}

    for shown in (highlight(text, marks), snippet(text, marks, 200)):
        assert unescape(shown.replace("<mark>", "").replace("</mark>", "")) == text
        assert shown.count("<mark>") == shown.count("</mark>")


def test_the_readers_own_words_are_marked():
    assert (
        highlight("綦江區「人才公寓」<租>", {"人才公寓": 2.0, "綦江区": 1.0})
        == "<mark>綦江區</mark>「<mark>人才公寓</mark>」&lt;租&gt;"
    )


def test_a_snippet_is_the_stretch_that_tells_most():
    text = "一" * 300 + "人才公寓的租金补贴" + "二" * 300

    shown = snippet(text, {"人才公寓": 2.0, "租金": 1.0})

    assert "<mark>人才公寓</mark>的<mark>租金</mark>补贴" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown.replace("<mark>", "").replace("</mark>", "")) == 82


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("渝府发〔2021〕1号", [("渝府发", 2021, 1)]),
        ("见渝府发［2021］第０１号", [("见渝府发", 2021, 1)]),
        ("渝府发2021年1号", [("渝府发", 2021, 1)]),
        ("渝府发2021-1", [("渝府发", 2021, 1)]),
        ("〔2021〕1号", [("", 2021, 1)]),
        ("2021年5月", []),
        ("渝府发2021 5", [("渝府发", 2021, 5)]),
    ],
)
def test_numbers_mentioned(text, numbers):
    assert mentioned_numbers(text) == numbers
