import random
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.text.difference import Segment, difference

TEXTS = st.text(alphabet="人才。公寓\nab", max_size=60)


def told(old, new):
    return [(part.kind, part.text) for part in difference(old, new)]


def test_a_changed_number_is_marked_alone():
    old = "租金为市场价的70%。每月缴纳。"
    new = "租金为市场价的50%。每月缴纳。"

    assert told(old, new) == [("equal", "租金为市场价的"), ("removed", "7"), ("added", "5"), ("equal", "0%。每月缴纳。")]


def test_words_that_came_and_went_are_marked_in_their_sentence():
    assert told("一厅办结就业事项。\n其他不变。", "一厅办结就业创业事项。\n其他不变。") == [
        ("equal", "一厅办结就业"),
        ("added", "创业"),
        ("equal", "事项。\n其他不变。"),
    ]
    assert told("甲。乙丙丁。戊。", "甲。戊。") == [("equal", "甲。"), ("removed", "乙丙丁。"), ("equal", "戊。")]


def test_a_single_character_between_two_changes_is_no_common_ground():
    assert told("赵的钱", "孙的李") == [("removed", "赵的钱"), ("added", "孙的李")]


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("", "", []),
        ("同", "同", [("equal", "同")]),
        ("", "来了", [("added", "来了")]),
        ("走了", "", [("removed", "走了")]),
    ],
)
def test_the_ends(old, new, parts):
    assert told(old, new) == parts


@given(TEXTS, TEXTS)
@settings(max_examples=400, deadline=None)
def test_both_texts_come_back(old, new):
    parts = difference(old, new)

    assert "".join(part.text for part in parts if part.kind != "added") == old
    assert "".join(part.text for part in parts if part.kind != "removed") == new
    assert all(part.text for part in parts)
    assert [(left.kind, right.kind) for left, right in pairwise(parts) if left.kind == right.kind] == []


@given(TEXTS)
@settings(deadline=None)
def test_the_same_text_is_equal(text):
    assert difference(text, text) == ([Segment("equal", text)] if text else [])


def _hostile():
    chance = random.Random(1)  # noqa: S311 -- the same noise every time
    han = [chr(0x4E00 + number) for number in range(3000)]
    size = 200_000
    yield "one letter", "a" * size, "b" * size
    yield "shifted", "ab" * (size // 2), "ba" * (size // 2)
    yield "noise", "".join(chance.choices(han, k=size)), "".join(chance.choices(han, k=size))
    yield "two letters", "".join(chance.choices("ab", k=size)), "".join(chance.choices("ab", k=size))
    yield "short lines", "".join(chance.choices("ab\n", k=size)), "".join(chance.choices("ab\n", k=size))
    yield "ends of sentences", "。" * size, "；" * size
    yield "backwards", "".join(f"{n}\n" for n in range(30_000)), "".join(f"{n}\n" for n in range(30_000, 0, -1))
    base = chance.choices(han, k=size)
    yield "a change each ten", "".join(base), "".join("改" if n % 10 == 0 else one for n, one in enumerate(base))


@pytest.mark.parametrize(("old", "new"), [pair[1:] for pair in _hostile()], ids=[pair[0] for pair in _hostile()])
def test_hostile_pairs_stay_under_a_second(old, new):
    began = time.process_time()
    parts = difference(old, new)

    assert time.process_time() - began < 1
    assert "".join(part.text for part in parts if part.kind != "added") == old
    assert "".join(part.text for part in parts if part.kind != "removed") == new
