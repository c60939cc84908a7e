"""What the pages of programmes, events and stories say, and what they say is not known."""

import datetime

import pytest

from policies.programme_state import programme_state
from portal.text.partial_date import parse_partial_date
from regions.models import PhotoUse
from tests import factories as make
from tests.pages.reading import facts_of, text_of

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 22)


def words(state):
    return state and (state.words, state.tone)


def test_the_state_of_a_programme_is_what_is_known_of_it():
    source = make.make_source(issued=parse_partial_date("2021-H2"))
    ended = make.make_programme(ends=parse_partial_date("2022"))
    coming = make.make_programme(starts=parse_partial_date("2027"))
    reported = make.make_programme(source=source)
    verified = make.make_programme(source=source, last_verified_on=TODAY)
    silent = make.make_programme()

    assert [words(programme_state(one, TODAY)) for one in (ended, coming, reported, verified, silent)] == [
        ("2022年已结束", "end"),
        ("2027年开始", "wait"),
        ("2021 年报道时实施，现状未核实", "wait"),
        None,
        ("来源没有说明现在是否还在实施", "wait"),
    ]


def test_a_programme_page_says_what_it_is_part_of_and_what_is_not_known(client):
    whole = make.make_programme(slug="whole", name="秀山秀才")
    make.make_programme(slug="part", name="本土人才培育计划", part_of=whole, starts=parse_partial_date("2019"))

    part, above = client.get("/programmes/part/"), client.get("/programmes/whole/")

    assert facts_of(part)[:2] == [("属于", "秀山秀才"), ("起止时间", "2019年起")]
    assert "来源没有说明设立或评选单位和名额。" in text_of(part)
    assert "包含本土人才培育计划" in text_of(above)


def test_an_event_page_says_when_where_and_by_whom(client):
    make.make_event(
        slug="forum", starts=parse_partial_date("2021-07-19"), ends=parse_partial_date("2021-07-24"), place="长沙",
        is_recurring=True, recurrence="每年", organisers=[make.make_organisation(name="区委组织部")],
    )  # fmt: skip
    make.make_event(slug="unknown")

    assert facts_of(client.get("/events/forum/")) == [
        ("时间", "2021年7月19日至24日"),
        ("定期举办", "每年"),
        ("地点", "长沙"),
        ("主办单位", "区委组织部"),
    ]
    assert "来源没有说明时间、地点和主办单位。" in text_of(client.get("/events/unknown/"))


def test_a_story_page_gives_both_bylines_and_what_it_tells_of(client):
    source = make.make_source(byline="贺娜 费睿", photo_credit="区委组织部提供")
    story = make.make_story(slug="story", source=source, author="本站根据报道整理")
    make.make_policy(title="人才办法", stories=[story])
    make.make_programme(name="秀山秀才", stories=[story])

    page = client.get("/stories/story/")

    assert facts_of(page) == [("原文作者", "贺娜费睿"), ("原文图片署名", "区委组织部提供")]
    assert "撰写：本站根据报道整理" in text_of(page)
    assert "讲到的政策人才办法" in text_of(page)
    assert "讲到的人才计划秀山秀才" in text_of(page)


def test_a_story_opens_with_its_first_picture(client):
    story = make.make_story(slug="story")
    for caption in ("电商大厦", "圆桌论坛"):
        PhotoUse.objects.create(entry=story, photo=make.make_photo(caption=caption, region=story.region))

    words = text_of(client.get("/stories/story/"))

    assert words.index("电商大厦") < words.index("窗口在市民服务中心。") < words.index("图片圆桌论坛")
    assert words.count("电商大厦") == 1
