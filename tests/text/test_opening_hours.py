from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text.errors import TextError
from portal.text.opening_hours import (
    Interval,
    OpeningHours,
    is_open,
    parse_opening_hours,
    print_opening_hours,
)

from .hostile import quick


def day_intervals(weekday, minutes):
    ends = [time(m // 60 % 24, m % 60) for m in sorted(minutes)]
    return [Interval(weekday, *pair) for pair in zip(ends[::2], ends[1::2], strict=False)]


minutes = st.sets(st.integers(0, 24 * 60), min_size=2, max_size=6)
# Days often share their hours, so that the printer has something to group.
weeks = st.lists(minutes, min_size=1, max_size=2).flatmap(
    lambda kinds: st.dictionaries(st.integers(1, 7), st.sampled_from(kinds), min_size=1)
)


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        (
            "周一至周五 09:00-12:00,14:00-18:00",
            "周一至周五 09:00-12:00,14:00-18:00",
            "Mon–Fri 09:00–12:00, 14:00–18:00",
        ),
        (
            "星期一至五：９：００—１２：００，14:00～18:00；周六9:00-12:00",
            "周一至周五 09:00-12:00,14:00-18:00；周六 09:00-12:00",
            "Mon–Fri 09:00–12:00, 14:00–18:00; Sat 09:00–12:00",
        ),
        (
            "周一、三、周五 9:00-12:00",
            "周一、周三、周五 09:00-12:00",
            "Mon, Wed, Fri 09:00–12:00",
        ),
        ("周二 9:00-12:00,12:00-18:00", "周二 09:00-12:00,12:00-18:00", "Tue 09:00–12:00, 12:00–18:00"),
        ("周天 9:00至12:00", "周日 09:00-12:00", "Sun 09:00–12:00"),
        ("每天 00:00-24:00", "每天 00:00-24:00", "Daily 00:00–24:00"),
        ("周一到周日 8:30~17:30", "每天 08:30-17:30", "Daily 08:30–17:30"),
        (
            "周六、周日 9:00-12:00\n周一-周三 9:00-12:00",
            "周一至周三、周六、周日 09:00-12:00",
            "Mon–Wed, Sat, Sun 09:00–12:00",
        ),
        (
            "周一 14:00-18:00;周一 9:00-12:00;",
            "周一 09:00-12:00,14:00-18:00",
            "Mon 09:00–12:00, 14:00–18:00",
        ),
    ],
)
def test_opening_hours_are_read_and_printed(text, chinese, english):
    hours = parse_opening_hours(text)

    assert [print_opening_hours(hours), print_opening_hours(hours, "en")] == [
        chinese,
        english,
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "没有写开放时间"),
        ("；；", "没有写开放时间"),
        ("工作日 9:00-17:00", "看不懂星期「工作日」"),
        ("周五至周一 9:00-12:00", "看不懂星期「周五至周一」"),
        ("周一", "应先写星期再写时间"),
        ("9:00-12:00", "应先写星期再写时间"),
        ("周一 9点-12点", "看不懂时间「9点-12点」"),
        ("周一 9:00", "看不懂时间「9:00」"),
        ("周一 25:00-26:00", "不存在的时刻"),
        ("周一 9:00-24:01", "不存在的时刻"),
        ("周一 9:60-12:00", "不存在的时刻"),
        ("周一 12:00-9:00", "关门不晚于开门"),
        ("周一 9:00-9:00", "关门不晚于开门"),
        ("周一 9:00-12:00,11:59-13:00", "周一的09:00-12:00与11:59-13:00重叠"),
        ("每天 9:00-12:00；周六 10:00-11:00", "周六的09:00-12:00与10:00-11:00重叠"),
    ],
)
def test_parse_opening_hours_refuses(text, words):
    with pytest.raises(TextError, match=words) as caught:
        parse_opening_hours(text)

    assert caught.value.code == "opening_hours"


def test_a_faulty_rule_is_pointed_at():
    with pytest.raises(TextError) as caught:
        parse_opening_hours("周一 9:00-12:00；周八 9:00-12:00")

    assert caught.value.position == 14


@given(week=weeks)
@quick
def test_printed_hours_read_back(week):
    intervals = [i for day, minutes in week.items() for i in day_intervals(day, minutes)]
    hours = OpeningHours(tuple(intervals))

    assert parse_opening_hours(print_opening_hours(hours)) == hours


def test_hours_built_from_intervals_are_checked_and_sorted():
    morning, evening = Interval(1, time(9), time(12)), Interval(1, time(18), time(0))

    assert OpeningHours((evening, morning)).intervals == (morning, evening)
    with pytest.raises(TextError):
        OpeningHours((morning, morning))


@pytest.mark.parametrize(
    ("weekday", "at", "answer"),
    [
        (1, time(8, 59), False),
        (1, time(9, 0), True),
        (1, time(11, 59, 59), True),
        (1, time(12, 0), False),
        (6, time(10, 0), False),
        (7, time(23, 59), True),
        (7, time(0, 0), False),
    ],
)
def test_is_open_includes_the_first_minute_and_not_the_last(weekday, at, answer):
    hours = parse_opening_hours("周一至周五 09:00-12:00；周日 20:00-24:00")

    assert is_open(hours, weekday, at) is answer
