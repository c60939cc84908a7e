"""A mistake is shown where it was made, also in a folded part, with what to write instead."""

import re

import pytest

from tests.admin.browser import errors_of
from tests.factories import make_figure, make_photo, make_policy


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize(
    ("box", "value"),
    [("review_every_days", "-3"), ("period_from", "2021"), ("scope_note", "长" * 5000), ("last_verified_on", "2021")],
)
def test_a_mistake_in_a_folded_part_is_in_sight(root, box, value):
    page = root.edit(make_figure(), **{box: value}).content.decode()

    folded = re.findall(r"<details>.*?</details>", page, re.DOTALL)
    assert (page.count('<ul class="errorlist"'), ["errorlist" in part for part in folded]) == (1, [False] * len(folded))


def test_a_date_that_must_name_the_day_says_how(root):
    assert errors_of(root.edit(make_policy(), effective_from="2022")) == {
        "effective_from": ["这个日期要写到日，例如“2021-08-05”。只知道年份或月份就留空。"]
    }


def test_a_text_that_is_too_long_says_by_how_much(root):
    page = root.edit(make_photo(), caption="长" * 10_000, place="地" * 10_000)

    assert errors_of(page)["caption"] == ["最多 300 个字，现在有 10000 个，请缩短。"]
