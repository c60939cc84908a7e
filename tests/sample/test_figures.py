"""The figures of the sample make none of the mistakes the reports invite."""

import pytest

from policies.models import Policy, Service
from policies.models.validity import Validity
from portal.publishing.aggregate import snapshot
from portal.publishing.models import Change, Edition
from regions.models import Figure, Organisation, Source

pytestmark = [pytest.mark.usefixtures("loaded"), pytest.mark.django_db]


def test_every_figure_has_an_indicator_of_its_unit_and_a_source():
    figures = Figure.objects.published().select_related("indicator", "source")

    assert {figure.source.slug for figure in figures if figure.source} == {
        "qijiang-report-2021",
        "xiushan-report-2021",
    }
    assert all(figure.indicator.definition for figure in figures)


def test_every_inferred_time_says_why_and_no_stated_one_does():
    rows = set(Figure.objects.values_list("as_of_basis", "as_of_note"))

    assert {basis for basis, note in rows if note} == {"inferred"}
    assert {basis for basis, note in rows if not note} == {"stated"}


def test_key_figures_are_few():
    keys = Figure.objects.filter(is_key=True).values_list("region__slug", "slug").order_by("region__slug", "slug")

    assert list(keys) == [
        ("qijiang", "qijiang-introduced-and-trained"),
        ("qijiang", "qijiang-loans-paid-out"),
        ("qijiang", "qijiang-talent-total"),
        ("xiushan", "xiushan-returnees"),
        ("xiushan", "xiushan-training-attendance"),
    ]


def figure(slug):
    return Figure.objects.select_related("indicator", "part_of", "organisation", "rank_among", "source").get(slug=slug)


def test_talent_funding_tells_that_its_parts_do_not_add_up():
    whole = figure("xiushan-talent-funding")

    assert sum(part.value for part in whole.parts.all()) == 3_870_000
    assert whole.value == 4_870_000
    assert "387" in whole.discrepancy_note
    assert "3.87" in whole.discrepancy_note_en
    assert (str(whole.as_of), whole.as_of_basis, whole.period_from, whole.period_until) == ("2021-H2", "inferred", None, None)


def test_talent_funding_is_shown_with_both_funds_it_may_belong_to():
    for slug in ("xiushan-talent-funding", "xiushan-talent-funding-2019", "xiushan-talent-funding-2020"):
        money = figure(slug)
        assert sorted(money.policies.values_list("slug", flat=True)) == [
            "xiushan-health-talent-fund",
            "xiushan-public-hospital-fund",
        ]
        assert "没有说清" in money.scope_note


@pytest.mark.parametrize(
    "slug", ["flexible-recruits", "think-tank-experts", "academic-leaders", "introduced-and-trained", "talent-total"]
)
def test_figures_of_a_sentence_that_says_so_far_quote_it(slug):
    assert "截至目前" in figure(f"qijiang-{slug}").as_of_note


def test_six_sets_of_measures_name_five_fields():
    ten = figure("qijiang-ten-measure-sets")
    policy = Policy.objects.get(slug="qijiang-six-ten-measures")

    assert ten.value == 6
    for field in ("司法保障", "政务保障", "金融支持", "人才支持", "科技支持"):
        assert field in policy.summary
    assert "五个" in policy.summary


def test_thirteen_universities_of_which_five_are_named():
    universities = Organisation.objects.published().filter(kind="university")

    assert figure("qijiang-partner-universities").value == 13
    assert sorted(universities.values_list("name", flat=True)) == sorted(
        ["重庆大学", "重庆电讯职业学院", "重庆德国埃森大学", "重庆健康工程职业学院", "重庆电影职业学院"]
    )


def test_one_fund_amount_covers_two_funds():
    fund = figure("qijiang-technology-funds")

    assert sorted(fund.policies.values_list("slug", flat=True)) == ["qijiang-risk-compensation-fund", "qijiang-startup-seed-fund"]
    assert "合计" in fund.scope_note


def test_loans_applied_for_are_never_ranked_with_loans_paid_out():
    paid, applied = figure("qijiang-loans-paid-out"), figure("xiushan-loans-applied")

    assert (paid.stage, applied.stage) == ("paid_out", "applied")
    assert (paid.indicator.comparable_group, applied.indicator.comparable_group) == ("loans-paid-out", "loans-applied")
    firms = (figure("qijiang-firms-paid-out"), figure("xiushan-firms-applied"))
    assert [row.indicator.comparable_group for row in firms] == ["firms-paid-out", "firms-applied"]


def test_card_a_holders_are_among_the_card_b_experts():
    holders = figure("xiushan-a-card-holders")

    assert holders.part_of.slug == "xiushan-b-card-experts"
    assert "不能相加" in holders.part_of.scope_note


def test_tourism_talent_is_a_target_of_an_expired_plan_issued_after_it_began():
    plan = Policy.objects.get(slug="xiushan-tourism-talent-scheme")

    assert figure("xiushan-tourism-talent-target").kind == "target"
    assert (str(plan.published_on), str(plan.plan_from), str(plan.plan_until)) == ("2020-12", "2019-01-01", "2022-12-31")
    assert plan.validity() == Validity.EXPIRED


def test_apartments_are_under_construction_everywhere():
    service = Service.objects.get(slug="qijiang-talent-apartments")

    assert figure("qijiang-talent-apartments").stage == "under_construction"
    assert (service.status, service.capacity_number, service.capacity_stage) == ("under_construction", 200, "under_construction")


def test_national_institutions_keep_the_word_branches():
    national = figure("qijiang-national-rd")

    assert "（分部）" in national.as_published
    assert "（分部）" in national.indicator.name


def test_training_counts_attendances_not_people():
    assert figure("xiushan-training-attendance").indicator.unit == "人次"
    assert figure("xiushan-training-courses").indicator.unit == "期"


@pytest.mark.parametrize("slug", ["xiushan-e-commerce-trainees", "xiushan-certified-lecturers", "xiushan-mentor-team"])
def test_e_commerce_people_belong_to_the_logistics_park(slug):
    assert figure(slug).organisation.slug == "xiushan-logistics-park"


@pytest.mark.parametrize(
    ("slug", "first", "last", "text"),
    [
        ("xiushan-youth-index-2021-q1", "2021-01-01", "2021-03-31", "2021年第一季度"),
        ("xiushan-youth-index-2021-q2", "2021-04-01", "2021-06-30", "2021年第二季度"),
        ("xiushan-gdp-rank-2021-h1", "2021-01-01", "2021-06-30", "2021年上半年"),
        ("xiushan-gdp-growth-rank-2021-h1", "2021-01-01", "2021-06-30", "2021年上半年"),
    ],
)
def test_a_rank_has_its_group_and_period(slug, first, last, text):
    rank = figure(slug)

    assert (rank.value, rank.indicator.measure) == (1, "rank")
    assert rank.rank_among.slug == "southeast-chongqing-wuling-cluster"
    assert (str(rank.period_from), str(rank.period_until), rank.period_text) == (first, last, text)


def test_talent_total_admits_that_its_scope_is_unknown():
    total = figure("qijiang-talent-total")

    assert "没有定义" in total.scope_note
    assert "万盛" in total.scope_note


def test_returnees_and_recruits_carry_their_parts():
    assert figure("xiushan-returnees-elected").part_of.slug == "xiushan-returnees"
    share = figure("xiushan-bachelor-share")
    assert (share.part_of.slug, share.indicator.unit, share.indicator.measure) == ("xiushan-public-recruits", "%", "share")


def test_study_programme_is_cumulative_with_an_open_end():
    experts = figure("xiushan-study-programme-experts")

    assert (str(experts.period_from), experts.period_until, experts.indicator.measure) == ("2019-01-01", None, "cumulative")


def test_headline_keeps_its_own_spelling():
    report = Source.objects.get(slug="qijiang-report-2021")

    assert report.title == "綦江区“四个坚持+四个提升”打造渝南人才高地"
    assert (report.byline, report.photo_credit, str(report.issued)) == ("贺娜 费睿", "綦江区委组织部提供", "2021-H2")


def test_what_notes_answer_is_part_of_what_was_published():
    answering = [figure for figure in Figure.objects.all() if figure.answered]
    editions = {edition.entry_id: edition for edition in Edition.objects.filter(entry_type=Figure.type_label()).order_by("pk")}

    assert answering
    assert [editions[figure.pk].content for figure in answering] == [snapshot(figure) for figure in answering]
    changes = Change.objects.filter(entry_uuid__in=[figure.uuid for figure in answering]).values_list("entry_uuid", "kind")
    assert sorted(changes) == sorted((figure.uuid, "published") for figure in answering)
