"""What the sample says beside its figures, and what it must not say."""

import re
from datetime import date
from itertools import pairwise

import pytest
from django.db.models import Count

from policies.models import Benefit, Clause, Policy, PolicyIssuer, Programme, Service, ServicePoint
from policies.models.validity import Validity
from regions.models import Organisation, Photo, PhotoUse, Region, Topic

pytestmark = [pytest.mark.usefixtures("loaded"), pytest.mark.django_db]
CITED = {
    "綦江区科教兴区和人才强区行动计划实施方案",
    "綦江区产业人才年度考核暂行办法",
    "綦江区人才公寓管理暂行办法",
    "选调生享受人才政策的通知",
    "重庆市綦江区支持科技创新政策十条",
    "綦江区科技型企业知识价值信用贷款风险补偿基金",
    "加快推进旅游人才队伍建设实施方案（2019—2022年）",
}


def test_every_cited_document_is_there():
    assert CITED - set(Policy.objects.published().values_list("title", flat=True)) == set()


def test_one_plus_three_is_one_plan_and_three_policies():
    parts = (
        Policy.objects.get(slug="qijiang-one-plus-three")
        .relations_in.filter(kind="part_of")
        .values_list("policy__slug", flat=True)
    )

    assert sorted(parts) == [
        "qijiang-action-plan",
        "qijiang-education-talent-policy",
        "qijiang-health-talent-policy",
        "qijiang-industry-talent-policy",
    ]


def test_municipal_schemes_belong_to_chongqing_and_apply_below():
    owned = [
        *Policy.objects.filter(slug="chongqing-talent-card-scheme").values_list("region__slug", "applies_below"),
        *Programme.objects.filter(level="municipal").values_list("region__slug", "applies_below"),
    ]

    assert owned == [("chongqing", True)] * 5
    assert list(Service.objects.filter(region__slug="chongqing").values_list("slug", "applies_below")) == [
        ("chongqing-talent-card", True)
    ]


def test_policy_is_a_document_a_fund_or_a_set_of_measures():
    counts = Policy.objects.values_list("kind").annotate(Count("pk"))

    assert dict(counts) == {"plan": 2, "measures": 12, "notice": 1, "fund": 4, "measures_set": 2}


def test_no_policy_is_in_force():
    validities = [policy.validity() for policy in Policy.objects.all()]

    assert set(validities) == {Validity.UNKNOWN, Validity.EXPIRED}
    assert validities.count(Validity.EXPIRED) == 1


def test_no_document_number_date_clause_or_verification_is_invented():
    assert set(Policy.objects.values_list("doc_number_status", "doc_code", "index_no", "last_verified_on")) == {
        ("unknown", "", "", None)
    }
    assert Policy.objects.filter(signed_on_from__isnull=False).count() == 0
    assert Policy.objects.exclude(effective_from=None, effective_until=None).count() == 0
    assert list(Policy.objects.filter(published_on_from__isnull=False).values_list("slug", flat=True)) == [
        "xiushan-tourism-talent-scheme"
    ]
    assert Clause.objects.count() == 0


def test_no_telephone_address_hours_or_amount_is_invented():
    assert set(ServicePoint.objects.values_list("address", "phones", "opening_hours", "latitude")) == {("", "", "", None)}
    assert set(Service.objects.values_list("consult", "complaint", "online_url", "legal_days", "promised_days")) == {
        ("", "", "", None, None)
    }
    assert set(Benefit.objects.values_list("amount_min", "amount_max", "quota")) == {(None, None, None)}


def test_no_text_holds_what_looks_like_a_document_number_or_a_telephone(records):
    pattern = re.compile(r"[〔［【\[]\s*20\d\d\s*[〕］】\]]|0\d{2,3}-?\d{7,8}|(?<!\d)1[3-9]\d{9}(?!\d)")
    texts = [text for record in records for text in record.values.values() if isinstance(text, str)]

    assert [text for text in texts if pattern.search(text)] == []


def test_only_the_free_class_has_a_fee():
    assert list(Service.objects.exclude(fee="unknown").values_list("slug", "fee")) == [("xiushan-e-commerce-training", "none")]


def test_state_of_a_service_known_from_a_report_is_unknown():
    assert set(Service.objects.exclude(status="unknown").values_list("slug", "status")) == {
        ("qijiang-talent-apartments", "under_construction")
    }


def test_services_of_xiushan_are_not_tied_to_its_card():
    card, care = Service.objects.get(slug="xiushan-talent-card"), Policy.objects.get(slug="xiushan-talent-care")

    assert list(card.bases.all()) == []
    assert list(care.benefits.values_list("slug", flat=True)) == [
        "xiushan-medical-care",
        "xiushan-schooling",
        "xiushan-family-employment",
    ]
    assert list(care.figures.values_list("slug", flat=True)) == ["xiushan-problems-solved"]


def test_firms_find_what_is_for_them():
    benefits = Benefit.objects.published().filter(beneficiary="enterprise").values_list("slug", "kind", "service__slug")
    services = Service.objects.published().filter(audience="enterprise").values_list("slug", flat=True)

    assert set(benefits) == {
        ("qijiang-knowledge-value-loan", "loan", "qijiang-knowledge-value-loan"),
        ("xiushan-credit-loan-help", "loan", "xiushan-credit-loan-help"),
        ("xiushan-technology-declaration", "service", "xiushan-technology-declaration"),
    }
    assert set(services) == {
        "qijiang-knowledge-value-loan",
        "qijiang-finance-matching",
        "xiushan-credit-loan-help",
        "xiushan-technology-declaration",
    }


def test_free_class_is_given_by_those_who_support_e_commerce():
    support = Policy.objects.get(slug="xiushan-e-commerce-support")

    issuers = PolicyIssuer.objects.filter(policy=support).order_by("position")
    assert list(issuers.values_list("organisation__short_name", flat=True)) == ["县委", "县政府", "物流园区"]
    assert list(support.benefits.values_list("slug", "service__slug")) == [
        ("xiushan-free-e-commerce-class", "xiushan-e-commerce-training")
    ]
    assert list(support.programmes.values_list("slug", flat=True)) == ["xiushan-new-farmers"]


def test_body_from_outside_is_not_owned_by_the_county_that_works_with_it():
    outside = Organisation.objects.filter(
        slug__in=["china-e-commerce-talent-centre", "disaster-recovery-laboratory", "public-big-data-laboratory"]
    ) | Organisation.objects.filter(kind="university")

    assert outside.count() == 8
    assert set(outside.values_list("region__slug", "applies_below")) == {("chongqing", False)}


def test_the_hall_has_28_counters_at_the_citizen_service_centre():
    hall = Service.objects.get(slug="qijiang-employment-counters")

    assert (hall.capacity_number, hall.capacity_unit, hall.capacity_stage) == (28, "个窗口", "available")
    assert (hall.provider.short_name, list(hall.points.values_list("name", flat=True))) == ("市民服务中心", ["市民服务中心"])


@pytest.mark.parametrize("kind", ["housing", "schooling", "medical", "loan", "service"])
def test_benefits_of_each_kind_can_be_found(kind):
    assert Benefit.objects.published().filter(kind=kind).exists()


def test_every_topic_is_public():
    assert Topic.objects.published().count() == Topic.objects.count()


def test_each_industry_that_the_reports_name_leads_to_something():
    names = Topic.objects.published().filter(parent__slug="industries").values_list("name", flat=True)

    assert list(names) == [
        "电子信息（信息安全）",
        "高端装备制造",
        "绿色食品融合产业",
        "集成电路",
        "新材料",
        "资源循环利用",
        "大数据服务",
        "新能源汽车",
        "齿轮产业",
        "铝产业链",
        "电商产业",
        "文旅融合与全域旅游",
    ]


def test_every_organisation_is_found_by_topic():
    assert Organisation.objects.filter(topics=None).count() == 0
    assert Organisation.objects.published().count() == 27


def test_the_four_captions_of_the_reports_are_kept():
    captions = {"建设“西部信息安全谷”路径探索圆桌论坛", "重庆英才·智创綦江", "电商大厦", "成都中医药专家来秀山巡诊"}

    assert captions - set(Photo.objects.published().values_list("caption", flat=True)) == set()


def test_every_picture_says_it_is_drawn_and_is_used():
    photos = Photo.objects.all()

    assert set(photos.values_list("is_illustration", "credit", "credit_en", "taken_on_from", "people_consent")) == {
        (True, "本站绘制", "Drawn for this portal", None, "not_needed")
    }
    assert set(PhotoUse.objects.values_list("photo_id", flat=True)) == {photo.pk for photo in photos}
    assert all(photo.sha256 and (photo.width, photo.height) == (1600, 1000) for photo in photos)


def test_every_text_has_its_english(loaded):
    rows = [step.row for step in loaded.steps.values()]
    rows += [*Benefit.objects.all(), *ServicePoint.objects.all()]

    missing = [
        (str(row), name)
        for row in rows
        for name in row.bilingual_fields()
        if bool(getattr(row, name)) != bool(getattr(row, f"{name}_en"))
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("code", "on", "slug"),
    [
        ("500110", date(2009, 12, 31), "wansheng"),
        ("500110", date(2011, 9, 30), "wansheng"),
        ("500110", date(2011, 10, 1), "qijiang"),
        ("500110", date(2021, 9, 1), "qijiang"),
        ("500222", date(2009, 12, 31), "qijiang"),
        ("510223", date(1990, 1, 1), "qijiang"),
        ("512330", date(1984, 1, 1), "xiushan"),
        ("513522", date(1990, 1, 1), "xiushan"),
        ("500241", date(2021, 9, 1), "xiushan"),
        ("500000", date(2021, 9, 1), "chongqing"),
    ],
)
def test_code_means_the_place_that_bore_it_that_day(code, on, slug):
    assert list(Region.objects.published().with_code(code, on).values_list("slug", flat=True)) == [slug]


def test_identities_of_a_place_follow_each_other_without_gap():
    for region in Region.objects.prefetch_related("identities"):
        spans = [(row.valid_from, row.valid_until) for row in region.identities.all()]
        assert all((later[0] - earlier[1]).days == 1 for earlier, later in pairwise(spans))


def test_wansheng_zone_lies_in_qijiang_and_is_run_by_the_municipality():
    zone = Region.objects.get(slug="wansheng-edz")

    memberships = zone.memberships.values_list("kind", "group__slug", "valid_from")
    assert list(memberships) == [("located_in", "qijiang", None), ("managed_by", "chongqing", date(2012, 4, 1))]


def test_group_used_in_ranks_has_xiushan_as_a_member():
    group = Region.objects.get(slug="southeast-chongqing-wuling-cluster")

    assert (group.kind, list(group.members.values_list("member__slug", "kind"))) == ("group", [("xiushan", "statistical")])
