"""What is drawn of figures in hand, and what is not: no database."""

from decimal import Decimal

import pytest

from portal.text.partial_date import parse_partial_date
from regions.charts.comparison import comparison_charts, differences
from regions.charts.parts import parts_chart
from regions.charts.scene import fit, width_of
from regions.charts.series import series_charts
from tests.figures.test_rules import QIJIANG, XIUSHAN, a_figure, an_indicator, the_report

for place in (QIJIANG, XIUSHAN):
    place.state = "published"


def looks(chart):
    return [rect.look for rect in chart.rects if rect.look != "track"]


def texts(chart, look="label"):
    return [words.text for words in chart.words if words.look == look]


def test_the_report_shows_its_gap():
    whole, *years = the_report()

    chart = parts_chart(whole, years)

    assert looks(chart) == ["actual", "actual", "actual", "gap"]
    assert texts(chart) == ["人才经费", "2019年", "2020年", "差额"]
    assert texts(chart, "value") == ["487万元", "189万元", "198万元", "100万元"]
    assert chart.remarks[0] == "各部分合计 387万元，比总数少 100万元。"


def test_parts_that_add_up_have_no_gap():
    whole, first, second = the_report()
    second.value = Decimal(2_980_000)

    chart = parts_chart(whole, [first, second])

    assert looks(chart) == ["actual", "actual", "actual"]
    assert chart.remarks[0] == "各部分合计 487万元，与总数相等。"


def test_parts_that_are_too_much_stick_out():
    whole, first, second = the_report()
    second.value = Decimal(3_980_000)

    chart = parts_chart(whole, [first, second])

    assert texts(chart)[-1] == "多出"
    assert chart.rects[1].width < 318


def test_hedged_parts_state_no_difference():
    whole, first, second = the_report()
    second.qualifier = "over"

    chart = parts_chart(whole, [first, second])

    assert looks(chart) == ["actual", "actual", "actual"]
    assert chart.remarks[0] == "有的数不是确数，不计算差额。"


def test_one_part_is_a_share_of_its_whole():
    whole = a_figure(670)
    part = a_figure(219, part_of=whole, indicator=an_indicator(name="进入班子的人才"))

    chart = parts_chart(whole, [part])

    assert [rect.width for rect in chart.rects] == [318, 318, 318, 104]
    assert chart.remarks == []


def test_parts_of_different_things_all_start_at_zero():
    whole = a_figure(27)
    parts = [a_figure(value, part_of=whole, indicator=an_indicator()) for value in (4, 25)]

    chart = parts_chart(whole, parts)

    assert {rect.x for rect in chart.rects} == {1}
    assert chart.remarks == ["各部分分别与总数比较；它们可能重叠，不相加。"]


@pytest.mark.parametrize(("whole", "part", "unit"), [(1765, 75, "%"), (0, 0, "元"), (5, -1, "元")])
def test_what_has_no_common_scale_is_not_drawn(whole, part, unit):
    total = a_figure(whole)

    assert parts_chart(total, [a_figure(part, part_of=total, indicator=an_indicator(unit=unit))]) is None


def test_an_inferred_date_is_hatched_and_a_target_is_not_solid():
    whole = a_figure(20, as_of_basis="inferred")
    part = a_figure(5, part_of=whole, kind="target")

    chart = parts_chart(whole, [part])

    assert [(rect.look, rect.is_hatched) for rect in chart.rects if rect.look != "track"] == [("actual", True), ("ahead", False)]
    assert chart.remarks == ["斜线或空心：时点是推断的。", "虚线：目标或计划，不是已经做到的数。"]


def through_time(**fields):
    return [
        a_figure(value, as_of=parse_partial_date(year), **fields) for year, value in (("2019", 10), ("2020", 20), ("2022", 30))
    ]


def test_a_series_is_dots_on_true_time_with_no_line_between():
    (chart,) = series_charts(through_time())

    assert [dot.y for dot in chart.dots] == [99, 63, 26]
    left, middle, right = (dot.x for dot in chart.dots)
    assert right - middle == pytest.approx(2 * (middle - left), abs=1)
    assert all(line.x1 == line.x2 or line.y1 == line.y2 for line in chart.lines)


def test_periods_are_columns_as_wide_as_they_are_long():
    figures = [
        a_figure(value, as_of=parse_partial_date(year), period_from=parse_partial_date(year).first, period_until=parse_partial_date(year).last)
        for year, value in (("2019", 189), ("2020", 198))
    ]  # fmt: skip

    (chart,) = series_charts(figures)

    assert [(rect.x, rect.width) for rect in chart.rects] == [(1, 159), (160, 159)]


def test_inferred_dots_are_hollow_and_targets_diamonds():
    first, second, third = through_time()
    first.as_of_basis, third.kind = "inferred", "target"

    (chart,) = series_charts([first, second, third])

    assert [(dot.look, dot.is_diamond) for dot in chart.dots] == [("actual hollow", False), ("actual", False), ("ahead", True)]


def test_marks_without_room_carry_the_number_of_their_row():
    figures = [a_figure(1_000_000 + n, as_of=parse_partial_date(f"2021-{n:02d}")) for n in range(1, 10)]

    (chart,) = series_charts(figures)

    assert chart.is_numbered
    assert texts(chart, "value") == [str(number) for number in range(1, 10)]


@pytest.mark.parametrize(
    "odd",
    [{"scope_note": "只指园区"}, {"region": QIJIANG}, {"stage": "applied"}, {"part_of": a_figure(99)}, {"organisation_id": 5}],
)
def test_numbers_of_another_scope_are_no_series(odd):
    first, second = through_time()[:2]
    for name, value in odd.items():
        setattr(second, name, value)

    assert series_charts([first, second]) == []


@pytest.mark.parametrize(
    "figures", [through_time(indicator=an_indicator(measure="rank")), [a_figure(1), a_figure(2)], through_time()[:1]]
)
def test_ranks_and_single_times_are_no_series(figures):
    assert series_charts(figures) == []


def test_regions_counted_alike_stand_in_one_chart_in_their_own_order():
    figures = [a_figure(10, region=QIJIANG), a_figure(20, region=XIUSHAN)]

    (chart,) = comparison_charts(figures)

    assert texts(chart) == ["綦江", "秀山"]
    assert [rect.width for rect in chart.rects] == [318, 159, 318, 318]
    assert chart.remarks[0] == "按地区排列，不是排名。"
    assert differences(figures) == []


@pytest.mark.parametrize(
    ("odd", "named"),
    [
        ({"kind": "target"}, ["性质"]),
        ({"stage": "applied"}, ["阶段"]),
        ({"as_of": parse_partial_date("2020")}, ["截至时间"]),
        ({"period_text": "近三年"}, ["期间"]),
        ({"organisation_id": 5}, ["所属机构"]),
        ({"indicator": an_indicator(comparable_group="other")}, ["统计方式"]),
    ],
)
def test_regions_counted_differently_are_told_apart_and_not_drawn(odd, named):
    figures = [a_figure(10, region=QIJIANG), a_figure(20, region=XIUSHAN, **odd)]

    assert comparison_charts(figures) == []
    assert differences(figures) == named


def test_one_region_has_nothing_to_compare():
    assert (comparison_charts(through_time()), differences(through_time())) == ([], [])


def test_words_are_cut_to_their_room():
    assert fit("秀山土家族苗族自治县", 78) == "秀山土家族…"
    assert width_of(fit("Xiushan Tujia and Miao Autonomous County", 150)) <= 150
    assert fit("綦江", 26) == "綦江"
