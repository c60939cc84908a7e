import unicodedata

import pytest
from hypothesis import given

from portal.text.errors import TextError
from portal.text.folding import clean_text, fold

from .hostile import any_text, quick


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("綦江Ａ卡", "綦江a卡"),
        ("人才  公寓\u3000", "人才 公寓"),
        ("人\u200b才", "人才"),
        ("STRASSE", "straße"),
        ("㎡", "m2"),
        ("℡023", "tel023"),
    ],
)
def test_fold_joins_what_looks_the_same(one, other):
    assert fold(one) == fold(other)


def test_fold_keeps_different_words_apart():
    assert fold("工作站") != fold("工作室")


@given(text=any_text)
@quick
def test_fold_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("character", ["\u01f0", "\u0390", "\u1f80", "\u1e9e", "\ufb05", "\u0130"])
def test_fold_composes_what_folding_the_case_took_apart(character):
    folded = fold(character)

    assert folded == unicodedata.normalize("NFKC", character.casefold())
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  人才\t政策 \n", "人才\t政策"),
        ("一\r\n二\r三\n四", "一\n二\n三\n四"),
        ("\U00020000👩‍💻", "\U00020000👩‍💻"),
    ],
)
def test_clean_text_keeps_what_people_type(text, cleaned):
    assert clean_text(text) == cleaned


@pytest.mark.parametrize(
    "character",
    [
        "\x00",
        "\x0b",
        "\x1f",
        "\x7f",
        "\x85",
        "\x9f",
        "\u202e",
        "\u2066",
        chr(0xD800),
        chr(0xDFFF),
        "\ufdd0",
        "\ufffe",
        "\U0001ffff",
        "\U0010fffe",
    ],
)
def test_clean_text_names_what_it_refuses_and_where(character):
    with pytest.raises(TextError, match=f"第 4 个字是.*U\\+{ord(character):04X}") as caught:
        clean_text(f"a\r\n{character}b")

    assert (caught.value.code, caught.value.position) == ("character", 3)


@given(text=any_text)
@quick
def test_clean_text_is_idempotent_and_encodable(text):
    try:
        cleaned = clean_text(text)
    except TextError:
        return

    assert clean_text(cleaned) == cleaned
    assert cleaned.encode().decode() == cleaned
    assert {unicodedata.category(c) for c in cleaned if c not in "\n\t"}.isdisjoint({"Cc", "Cs"})


def test_clean_text_takes_a_limit():
    assert clean_text("字" * 5, limit=5) == "字" * 5

    with pytest.raises(TextError) as caught:
        clean_text("字" * 6, limit=5)
    assert caught.value.code == "too_long"
