"""The shapes partners build on, compared whole."""

import datetime
from decimal import Decimal

import pytest
import time_machine

from policies.models import Clause, PolicyRelation, ServiceBasis, ServiceMaterial, ServicePoint, ServiceStep
from portal.text.partial_date import parse_partial_date
from regions.models import RegionIdentity
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 22, 8, 0, tzinfo=datetime.UTC)
SITE = "http://127.0.0.1:8000"
STAMP = {"updated_at": "2026-11-22T16:00:00+08:00", "version": 1}


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


def entry(plural, made, page, **more):
    return {
        "uuid": str(made.uuid),
        "slug": made.slug,
        "url": f"{SITE}{page}",
        "api_url": f"{SITE}/api/v1/{plural}/{made.slug}/",
        "region": {"slug": "qijiang", "name": "綦江区"},
        "applies_below": False,
        **STAMP,
        **more,
    }


def test_a_figure_has_the_shape_of_the_contract(client):
    indicator = make.make_indicator(slug="talent-total")
    source = make.make_source(slug="report", title="一篇报道")
    whole = make.make_figure(slug="whole", indicator=indicator, source=source)
    figure = make.make_figure(
        slug="talent",
        indicator=indicator,
        source=source,
        as_of_basis="inferred",
        as_of_note="按文中内容推断",
        part_of=whole,
        scope_note="来源未说明是否含万盛",
        period_from=datetime.date(2019, 1, 1),
        period_text="近三年",
    )

    answer = client.get("/api/v1/figures/?region=qijiang&ordering=position&limit=1").json()

    assert answer["count"] == 2
    assert answer["previous"] is None
    assert answer["results"] == [
        entry(
            "figures",
            figure,
            "/figures/talent/",
            indicator={"code": "talent-total", "name": "人才总量", "unit": "人", "measure": "stock"},
            value="160000",
            unit="人",
            qualifier="over",
            as_published="超过16万人",
            kind="actual",
            stage=None,
            as_of={"value": "2021-H2", "precision": "half", "basis": "inferred", "note": "按文中内容推断"},
            period={"from": "2019-01-01", "until": None, "text": "近三年"},
            rank_among=None,
            organisation=None,
            scope_note="来源未说明是否含万盛",
            part_of={"slug": "whole", "name": "人才总量"},
            discrepancy_note=None,
            source={"slug": "report", "title": "一篇报道"},
        )
    ]


def test_a_decimal_value_keeps_its_digits_and_loses_its_zeros(client):
    make.make_figure(value=Decimal("75.5000"))
    make.make_figure(value=Decimal("227600000"))

    answer = client.get("/api/v1/figures/?fields=value").json()

    assert sorted(row["value"] for row in answer["results"]) == ["227600000", "75.5"]


def test_a_policy_has_its_header_and_parts(client):
    topic = make.make_topic(slug="housing")
    office = make.make_organisation(slug="office")
    figure = make.make_figure(slug="experts")
    older = make.make_policy(slug="older", title="行动计划")
    policy = make.make_policy(
        slug="apartments",
        topics=[topic],
        issuers=[office],
        figures=[figure],
        doc_number_status="given",
        doc_code="綦江府发",
        doc_year=2021,
        doc_seq=5,
        published_on=parse_partial_date("2021-08"),
        effective_from=datetime.date(2021, 9, 1),
        effective_until=datetime.date(2023, 8, 31),
    )
    clause = Clause.objects.create(policy=policy, number="3", heading="租金", text="按市场价的七成收取。")
    benefit = make.make_benefit(policy=policy, slug="rent", clause=clause)
    PolicyRelation.objects.create(policy=policy, kind="implements", target=older)
    service = make.make_service(slug="flats", name="人才公寓")
    ServiceBasis.objects.create(service=service, policy=policy, clause=clause)
    ServiceBasis.objects.create(service=service, policy=policy)

    answer = client.get("/api/v1/policies/apartments/").json()

    assert answer == entry(
        "policies",
        policy,
        "/policies/apartments/",
        title="綦江区人才公寓管理暂行办法",
        title_as_cited=None,
        kind="measures",
        doc_number={"status": "given", "text": "綦江府发〔2021〕5号", "code": "綦江府发", "year": 2021, "seq": 5},
        index_no=None,
        issuers=[{"slug": "office", "name": "区委组织部"}],
        issuer_unknown=False,
        organ_type=None,
        genre=None,
        topics=[{"slug": "housing", "name": "住房"}],
        signed_on=None,
        published_on="2021-08",
        effective_from="2021-09-01",
        effective_until="2023-08-31",
        plan={"from": None, "until": None},
        validity={"value": "expired", "on": "2026-11-22", "reason": ""},
        summary="在綦工作的人才可申请入住。",
        body_html="",
        source=None,
        relations=[{"kind": "implements", "slug": "older", "title": "行动计划"}],
        relations_in=[],
        clauses=[{"uuid": str(clause.uid), "number": "3", "anchor": "art-3", "heading": "租金", "text": "按市场价的七成收取。"}],
        benefits=[
            {
                "uuid": str(benefit.uid),
                "slug": "rent",
                "url": f"{SITE}/policies/apartments/#benefit-rent",
                "api_url": f"{SITE}/api/v1/benefits/rent/",
                "name": "人才公寓入住",
                "kind": "housing",
                "beneficiary": "person",
                "amount_min": None,
                "amount_max": None,
                "formula_text": "",
                "frequency": None,
                "mode": None,
                "quota": None,
                "closes_when_exhausted": False,
                "window": {"from": None, "until": None},
                "conditions": "",
                "stacking": {"group": None, "rule": None},
                "service": None,
            }
        ],
        services=[{"slug": "flats", "name": "人才公寓"}],
        programmes=[],
        stories=[],
        figures=[{"slug": "experts", "name": "人才总量"}],
        photos=[],
        attachments=[],
        last_verified_on=None,
    )
    assert client.get("/api/v1/policies/older/?fields=relations_in").json() == {
        "relations_in": [{"kind": "implements", "slug": "apartments", "title": "綦江区人才公寓管理暂行办法"}]
    }


def test_a_service_says_what_it_takes(client):
    service = make.make_service(
        slug="hall",
        capacity_number=28,
        capacity_unit="个窗口",
        capacity_stage="available",
        promised_days=5,
        legal_days=20,
        day_unit="working",
    )
    ServiceMaterial.objects.create(service=service, name="学历证书")
    ServiceStep.objects.create(service=service, name="受理", limit="1 个工作日")
    point = ServicePoint.objects.create(service=service, name="市民服务中心", opening_hours="周一至周五 9:00-12:00，14:00-18:00")

    answer = client.get("/api/v1/services/hall/?fields=capacity,time_limit,materials,steps,points").json()

    assert answer == {
        "capacity": {"number": 28, "unit": "个窗口", "stage": "available"},
        "time_limit": {"legal": 20, "promised": 5, "unit": "working"},
        "materials": [
            {"name": "学历证书", "necessity": "required", "copies": 1, "form": "either", "obtainable_by_sharing": False}
        ],
        "steps": [{"name": "受理", "limit": "1 个工作日"}],
        "points": [
            {
                "uuid": str(point.uid),
                "name": "市民服务中心",
                "address": "",
                "region": None,
                "window": "",
                "opening_hours": "周一至周五 09:00-12:00,14:00-18:00",
                "phones": None,
                "latitude": None,
                "longitude": None,
                "accessibility": "",
                "last_verified_on": None,
            }
        ],
    }


def test_a_code_belongs_to_different_regions_at_different_times(client):

    wansheng = make.make_region("wansheng", name="万盛区", short_name="万盛区", name_en="Wansheng")
    qijiang = make.make_region("qijiang")
    RegionIdentity.objects.create(
        owner=wansheng,
        code="500110",
        full_name="万盛区",
        valid_from="1997-12-01",
        valid_until="2011-09-30",
        authority="GB/T 2260",
    )
    RegionIdentity.objects.create(
        owner=qijiang, code="500110", full_name="綦江区", valid_from="2011-10-01", authority="GB/T 2260"
    )

    def slugs(query):
        return [row["slug"] for row in client.get(f"/api/v1/regions/?{query}").json()["results"]]

    assert slugs("code=500110&on=2009-12-31") == ["wansheng"]
    assert slugs("code=500110") == ["qijiang"]
    assert slugs("code=500110&on=1990-01-01") == []
    assert client.get("/api/v1/regions/?on=2009-12-31").status_code == 400


def test_english_is_given_where_there_is_some(client):
    make.make_policy(slug="both", title="办法", title_en="Measures", summary="摘要")

    english = client.get("/api/v1/policies/both/?lang=en&fields=title,summary,url,region").json()
    by_header = client.get("/api/v1/policies/both/?fields=title", headers={"Accept-Language": "en-GB,zh;q=0.5"})

    assert english == {
        "title": "Measures",
        "summary": "摘要",
        "url": f"{SITE}/en/policies/both/",
        "region": {"slug": "qijiang", "name": "Qijiang District"},
    }
    assert by_header.json() == {"title": "Measures"}
    assert "Accept-Language" in by_header["Vary"]
    assert by_header["Content-Language"] == "en"


def test_a_programme_has_the_shape_of_the_contract(client):
    office, source = make.make_organisation(slug="office"), make.make_source(slug="report")
    policy, story = make.make_policy(slug="policy", title="人才办法"), make.make_story(slug="story")
    programme = make.make_programme(
        slug="plan", region=make.make_region(), level="district", issuer=office, source=source, quota=35,
        quota_text="每年评选一次", starts=parse_partial_date("2021"), ends=parse_partial_date("2025-12"), policies=[policy],
        stories=[story], topics=[make.make_topic(slug="housing")], figures=[make.make_figure(slug="experts")],
    )  # fmt: skip
    part = make.make_programme(slug="part", name="本土人才培育计划", part_of=programme)

    answer = client.get("/api/v1/programmes/plan/").json()

    assert answer == entry(
        "programmes", programme, "/programmes/plan/", name="秀山秀才", kind="plan", level="district",
        issuer={"slug": "office", "name": "区委组织部"}, part_of=None, starts="2021", ends="2025-12", quota=35,
        quota_text="每年评选一次", topics=[{"slug": "housing", "name": "住房"}], summary="三个计划合成的人才行动计划。",
        source={"slug": "report", "title": "一篇报道"}, parts=[{"slug": part.slug, "name": "本土人才培育计划"}],
        policies=[{"slug": "policy", "name": "人才办法"}], stories=[{"slug": "story", "name": "一厅办结就业创业事项"}],
        figures=[{"slug": "experts", "name": "人才总量"}], photos=[], attachments=[], last_verified_on=None,
    )  # fmt: skip
    assert client.get("/api/v1/programmes/part/?fields=part_of").json() == {"part_of": {"slug": "plan", "name": "秀山秀才"}}
    assert client.get("/api/v1/policies/policy/?fields=programmes").json() == {
        "programmes": [{"slug": "plan", "name": "秀山秀才"}]
    }


def test_an_event_has_the_shape_of_the_contract(client):
    event = make.make_event(
        slug="forum", starts=parse_partial_date("2021-07-19"), ends=parse_partial_date("2021-07-24"), place="长沙、韶山",
        is_recurring=True, recurrence="每年", organisers=[make.make_organisation(slug="office")],
        figures=[make.make_figure(slug="guests")],
    )  # fmt: skip

    answer = client.get("/api/v1/events/forum/").json()

    assert answer == entry(
        "events", event, "/events/forum/", name="古剑论坛", kind="forum", starts="2021-07-19", ends="2021-07-24",
        is_recurring=True, recurrence="每年", place="长沙、韶山", organisers=[{"slug": "office", "name": "区委组织部"}], topics=[],
        summary="常态开展的交流活动。", source=None, figures=[{"slug": "guests", "name": "人才总量"}], photos=[],
        last_verified_on=None,
    )  # fmt: skip


def test_a_story_gives_the_figures_its_text_names(client):
    make.make_figure(slug="talent")
    story = make.make_story(
        slug="story", kicker="人才服务", subhead="有{{figure:talent}}。", body="有{{figure:talent}}。",
        source=make.make_source(slug="report"),
    )  # fmt: skip

    answer = client.get("/api/v1/stories/story/").json()

    assert answer == entry(
        "stories", story, "/stories/story/", headline="一厅办结就业创业事项", kicker="人才服务",
        subhead="有超过16万人（2021年下半年）。", author=None, topics=[], source={"slug": "report", "title": "一篇报道"},
        body_html=f'<p>有<a href="{SITE}/figures/talent/"><strong>超过16万人</strong></a>（2021年下半年）。</p>\n',
        figures=[
            {
                "slug": "talent", "name": "人才总量", "value": "160000", "unit": "人", "qualifier": "over",
                "as_of": {"value": "2021-H2", "precision": "half", "basis": "stated", "note": ""},
            }
        ],
        photos=[], last_verified_on=None,
    )  # fmt: skip


def test_an_organisation_says_its_topics(client):
    make.make_organisation(slug="office", topics=[make.make_topic(slug="housing")])

    assert client.get("/api/v1/organisations/?fields=slug,topics").json()["results"] == [
        {"slug": "office", "topics": [{"slug": "housing", "name": "住房"}]}
    ]
