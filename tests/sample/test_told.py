"""Programmes, events and stories of the sample: what they may not say, and their numbers from the figures."""

import re

import pytest

from policies.models import Policy, Programme
from regions.models import Event, Figure, PhotoUse, Source, Story

pytestmark = [pytest.mark.usefixtures("loaded"), pytest.mark.django_db]
NAMED = re.compile(r"\{\{figure:([a-z0-9-]+)\}\}")
TIMES_AND_NAMES = re.compile(
    r"“1(\+3)?”|“3”|2021 年 7 月 19 日至 24 日|20\d\d 年( 8 月| 12 月)?|近 3 年|（2019—2022年）"
    r"|From 19 to 24 July 2021|20\d\d–20\d\d|20\d\d"
)


def test_no_programme_has_an_invented_quota_date_or_issuer():
    assert set(Programme.objects.values_list("quota", "quota_text", "starts_from", "ends_from", "issuer")) == {
        (None, "", None, None, None)
    }


def test_only_the_study_class_names_who_held_it():
    held = Event.objects.exclude(organisers=None).values_list("slug", "organisers__slug")

    assert list(held) == [("xiushan-study-class-2021", "xiushan-organization-department")]


def test_xiushan_plan_bundles_three_plans():
    parts = Programme.objects.get(slug="xiushan-xiucai").parts.values_list("name", flat=True)

    assert sorted(parts) == sorted(["本土人才培育计划", "紧缺人才培养计划", "产业人才支持计划"])


def test_five_strategic_industries_are_those_of_flexible_recruitment():
    topics = Programme.objects.get(slug="qijiang-flexible-recruitment").topics.filter(parent__slug="industries")

    assert list(topics.values_list("name", flat=True)) == ["集成电路", "新材料", "资源循环利用", "大数据服务", "新能源汽车"]


def test_each_report_is_told_in_three_stories_that_are_ours():
    stories = Story.objects.published().select_related("source")

    assert {story.author for story in stories} == {"本站根据报道整理"}
    assert sorted((story.source.slug, story.slug) for story in stories) == [
        ("qijiang-report-2021", "qijiang-industries-2021"),
        ("qijiang-report-2021", "qijiang-overview-2021"),
        ("qijiang-report-2021", "qijiang-services-2021"),
        ("xiushan-report-2021", "xiushan-e-commerce-2021"),
        ("xiushan-report-2021", "xiushan-overview-2021"),
        ("xiushan-report-2021", "xiushan-services-2021"),
    ]
    assert set(Source.objects.values_list("title", flat=True)) & {story.headline for story in stories} == set()


@pytest.mark.parametrize("region", ["qijiang", "xiushan"])
def test_overview_tells_every_figure_of_its_report(region):
    story = Story.objects.get(slug=f"{region}-overview-2021")

    told = set(NAMED.findall(story.subhead + story.body))
    assert told == set(Figure.objects.filter(region__slug=region).values_list("slug", flat=True))


@pytest.mark.parametrize("language", ["", "_en"])
def test_stories_take_their_numbers_from_the_figures(language):
    texts = [getattr(story, f"{name}{language}") for story in Story.objects.all() for name in ("subhead", "body")]

    typed = [re.findall(r"[^\n]{0,9}\d[^\n]{0,9}", TIMES_AND_NAMES.sub("", NAMED.sub("", text))) for text in texts]
    assert [found for found in typed if found] == []


def test_number_in_a_story_is_the_number_of_its_figure():
    story = Story.objects.get(slug="qijiang-overview-2021")

    assert str(story.local("subhead", "zh-hans")).startswith("全区人才总量超过16万人（2021年下半年）。")
    assert "{{" not in story.local_html("body", "zh-hans").text + story.local_html("body", "en").text


def test_aims_are_told_as_aims():
    qijiang, xiushan = (Story.objects.get(slug=f"{region}-overview-2021").body for region in ("qijiang", "xiushan"))

    assert "国家级高新区、国家新型工业化产业示范基地和区域性科技创新中心，报道时都还是目标" in qijiang
    assert "报道时还不能入住" in qijiang
    assert "这是目标，不是已有的人数" in xiushan
    assert "这是申请额，不是发放额" in xiushan


def test_policies_and_programmes_lead_to_the_stories_that_report_them():
    assert Policy.objects.filter(stories=None).count() == 0
    assert Programme.objects.filter(stories=None).count() == 0


def test_stories_and_the_captioned_events_have_pictures():
    shown = {(use.entry_type.model, use.entry.slug) for use in PhotoUse.objects.prefetch_related("entry", "entry_type")}

    assert {slug for model, slug in shown if model == "story"} == set(Story.objects.values_list("slug", flat=True))
    assert {slug for model, slug in shown if model == "event"} >= {
        "qijiang-zhichuang",
        "qijiang-security-valley-round-table",
        "xiushan-tcm-visiting-clinic",
    }
