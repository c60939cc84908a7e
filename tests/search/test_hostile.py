"""Anything may be typed: it is text, and the answer comes soon."""

from time import process_time

import pytest

from policies.models import Policy
from portal.search.searching import matching, matching_ids, search
from portal.search.suggesting import suggest
from tests import factories as make
from tests.search.conftest import NOW

TYPED = [
    '"', "*", "'", "\\", "\x00", "%", "_", "-", "{x}:", "(", ")", "^", "+", ":", "&", "|", "!", "<->", "'); DROP TABLE x;--",
    '人才" OR "公寓', "title : 人才", "人才 AND 公寓", "人才 OR 公寓", "NOT 人才", "NEAR(人才 公寓)", "人才*", "%才%", "人_公", "人才\\公寓", "人才'公寓",
    "AND", "OR", "NOT", "NEAR", "§p", "§r", "𠀀𠀁", "〇", "😀", "人才😀公寓", "，。！？", "　", "\ud800", "人才\udfff公寓", "\u202e人才\u202c", "a\u0301" * 5_000,
    " ".join(f"词{number}" for number in range(2_000)), "人才公寓" * 15_000, "1+3", "〔2021〕", "99999999999999999999", "〔2021〕99999999999999号",
]  # fmt: skip


@pytest.mark.django_db
def test_whatever_is_typed_is_text(index, django_assert_max_num_queries):
    index("人才公寓管理办法", {"title": "其他办法", "body": "人才与公寓"}, {"title": "𠀀𠀁村人才名录〇"})
    search("人才", now=NOW)  # what is loaded lazily

    for text in TYPED:
        start = process_time()
        with django_assert_max_num_queries(80):
            found = search(text, now=NOW, with_cells=True)
        suggest(text, now=NOW)
        matching_ids(text, "policy", now=NOW)
        assert found.total >= len(found.hits)
        assert process_time() - start < 1, text


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", " ", "，。", "的", "的吗", "😀", "\x00", "the", "-", '"*"'])
def test_what_says_nothing_is_empty_and_finds_nothing(index, text):
    index("人才公寓的管理办法", "the talent plan")

    found = search(text, now=NOW, with_cells=True)

    assert (found.is_empty, found.hits, found.total, found.cells) == (True, [], 0, [])


@pytest.mark.django_db
def test_rare_characters_are_found(index):
    index({"title": "𠀀𠀁村人才名录〇", "object_id": 7})

    assert [search(text, now=NOW).hits[0].object_id for text in ("𠀀𠀁", "𠀁村", "〇", "录〇")] == [7, 7, 7, 7]


@pytest.mark.django_db
def test_a_condition_takes_any_text_too():
    policy = make.make_policy(title="100%的人才_公寓'办法")

    for text in TYPED:
        list(Policy.objects.filter(matching(text, "policies.policy")))
    assert list(Policy.objects.filter(matching("100%的人才", "policies.policy"))) == [policy]
    assert list(Policy.objects.filter(matching("，", "policies.policy"))) == []


@pytest.mark.django_db
def test_a_text_of_any_length_is_indexed(index):
    text = "".join(chr(0x4E00 + number % 20_000) for number in range(0, 900_000, 7))
    index({"title": "长文", "body": text, "object_id": 9})

    assert [hit.object_id for hit in search(text[60_000:60_008], now=NOW).hits] == [9]
