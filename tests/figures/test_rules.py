"""The rules of the self-audit, on figures in hand: no database."""

from decimal import Decimal
from itertools import count

import pytest

from portal.publishing.models import State
from portal.text.partial_date import parse_partial_date
from regions.figure_audit.audit import audit
from regions.figure_audit.finding import answers
from regions.models import Figure, Indicator, Region
from tests.factories import LONG_AGO

numbers = count(1)
QIJIANG, XIUSHAN = Region(pk=1, name="綦江区", short_name="綦江"), Region(pk=2, name="秀山县", short_name="秀山")


def an_indicator(**fields):
    defaults = {
        "pk": next(numbers), "name": "人才经费", "name_en": "Funding", "unit": "元", "measure": "flow",
        "state": State.PUBLISHED, "visible_from": LONG_AGO,
    }  # fmt: skip
    return Indicator(**defaults | fields)


FUNDING = an_indicator()


def a_figure(value, **fields):
    defaults = {
        "pk": next(numbers), "region": XIUSHAN, "indicator": FUNDING, "value": Decimal(value), "state": State.PUBLISHED,
        "as_of": parse_partial_date("2021-H2"), "as_of_basis": "stated", "scope_note": "", "visible_from": LONG_AGO,
    }  # fmt: skip
    return Figure(**defaults | fields)


def codes(figures, figure=None):
    return [finding.code for finding in audit(figures) if figure is None or finding.figure is figure]


def the_report():
    """487 in all, of which 189 in 2019 and 198 in 2020."""
    whole = a_figure(4_870_000)
    years = [
        a_figure(value, part_of=whole, as_of=parse_partial_date(year))
        for year, value in (("2019", 1_890_000), ("2020", 1_980_000))
    ]
    return [whole, *years]


def test_the_funding_of_the_report_is_asked_for_its_missing_million():
    (finding,) = audit(the_report())

    assert finding.sentence == (
        "各部分 189万元＋198万元 合计 387万元，比总数 487万元 少 100万元：来源说明差额了吗，还是有没列出的部分？"
    )


def test_parts_that_add_up_are_not_asked():
    whole, first, second = the_report()
    second.value = Decimal(2_980_000)

    assert codes([whole, first, second]) == []


def test_hedged_parts_that_may_add_up_are_not_asked():
    whole, first, second = the_report()
    second.qualifier = "over"

    assert codes([whole, first, second]) == []


def test_one_part_need_not_be_the_whole():
    whole, first, _second = the_report()

    assert codes([whole, first]) == []


def test_parts_of_two_natures_are_not_added():
    whole, first, second = the_report()
    second.kind = "plan"

    assert codes([whole, first, second]) == []


def test_a_part_larger_than_its_whole_is_asked():
    whole = a_figure(27)
    part = a_figure(28, part_of=whole)

    assert codes([whole, part]) == ["part-larger"]


def test_a_part_of_over_a_hundred_may_be_more_than_a_hundred():
    whole = a_figure(100, qualifier="over")
    part = a_figure(150, part_of=whole, indicator=an_indicator())

    assert codes([whole, part]) == []


def test_a_part_in_another_unit_is_asked():
    whole = a_figure(27)
    part = a_figure(4, part_of=whole, indicator=an_indicator(unit="人"))

    assert codes([whole, part]) == ["part-unit"]


def test_a_share_of_a_whole_has_a_unit_of_its_own():
    whole = a_figure(1765, indicator=an_indicator(unit="人"))
    share = a_figure(75, part_of=whole, indicator=an_indicator(unit="%", measure="share"))

    assert codes([whole, share]) == []


def test_a_part_of_another_region_is_asked():
    whole = a_figure(27)
    part = a_figure(4, part_of=whole, indicator=an_indicator(), region=QIJIANG)

    assert codes([whole, part]) == ["part-region"]


@pytest.mark.parametrize(
    ("measure", "as_of", "expected"),
    [
        ("stock", "2020", ["part-as-of"]),
        ("stock", "2021-12-31", []),
        ("flow", "2020", []),
        ("flow", "2022", ["part-as-of"]),
    ],
)
def test_only_stretches_of_time_add_up_over_the_years(measure, as_of, expected):
    whole = a_figure(27)
    part = a_figure(4, part_of=whole, indicator=an_indicator(measure=measure), as_of=parse_partial_date(as_of))

    assert codes([whole, part]) == expected


def test_the_later_of_two_alike_is_asked():
    first, second = a_figure(27), a_figure(28)

    assert codes([second, first]) == ["duplicate"]
    assert codes([second, first], second) == ["duplicate"]


@pytest.mark.parametrize(
    "other",
    [
        {"scope_note": "只指園区"},
        {"kind": "target"},
        {"stage": "applied"},
        {"region": QIJIANG},
        {"as_of": parse_partial_date("2020")},
        {"period_text": "近三年"},
    ],
)
def test_what_differs_in_one_of_its_terms_is_no_duplicate(other):
    assert "duplicate" not in codes([a_figure(27), a_figure(27, **other)])


def test_a_figure_without_scope_is_asked_where_another_has_one():
    bare, scoped = a_figure(27), a_figure(3, scope_note="只指园区")

    assert codes([bare, scoped], bare) == ["scope"]


def test_a_figure_without_basis_is_asked():
    assert codes([a_figure(27, as_of_basis="", state=State.DRAFT)]) == ["basis"]


def test_an_odd_one_of_a_comparable_group_is_asked():
    group = {"comparable_group": "loans", "measure": "cumulative"}
    indicators = [an_indicator(**group), an_indicator(**group), an_indicator(**group | {"measure": "stock"})]
    figures = [a_figure(27, indicator=indicator) for indicator in indicators]

    (finding,) = audit(figures)

    assert (finding.code, finding.figure) == ("group", figures[2])
    assert finding.sentence == "可比组“loans”里的数多是“元、累计数”，这个数是“元、存量”：它们真的可以比较吗？"


def test_what_another_region_drafts_is_not_told():
    bare = a_figure(27)
    draft = a_figure(3, scope_note="只指园区", region=QIJIANG, state=State.DRAFT)

    assert codes([bare, draft]) == []


def test_a_note_answers_what_was_asked_when_it_was_saved():
    whole, *years = the_report()
    whole.discrepancy_note = "来源没有说明差额。"

    whole.answered = answers(audit([whole, *years]), {"discrepancy_note"})

    assert [finding.is_answered for finding in audit([whole, *years])] == [True]


def test_another_fact_is_another_question():
    whole, first, second = the_report()
    whole.discrepancy_note = "来源没有说明差额。"
    whole.answered = answers(audit([whole, first, second]), {"discrepancy_note"})

    second.value = Decimal(1_000_000)

    assert [finding.is_answered for finding in audit([whole, first, second])] == [False]


def test_a_note_that_was_there_before_answers_nothing_new():
    whole, *years = the_report()
    whole.discrepancy_note = "别的事。"

    assert answers(audit([whole, *years]), set()) == {}


def test_an_emptied_note_leaves_its_question_open():
    whole, *years = the_report()
    whole.discrepancy_note = "来源没有说明差额。"
    whole.answered = answers(audit([whole, *years]), {"discrepancy_note"})

    whole.discrepancy_note = ""

    assert [finding.is_answered for finding in audit([whole, *years])] == [False]
    assert answers(audit([whole, *years]), {"discrepancy_note"}) == {}


def test_people_are_people_in_whatever_unit():
    whole = a_figure(27, indicator=an_indicator(unit="名"))
    part = a_figure(4, part_of=whole, indicator=an_indicator(unit="人"))

    assert codes([whole, part]) == []
