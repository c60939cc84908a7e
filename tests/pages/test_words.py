"""What pages say: whole expected values, both languages, unknowns said plainly."""

import datetime
import re
from decimal import Decimal

import pytest

from policies.models import Clause, Policy, PolicyRelation, Service, ServiceBasis, ServiceMaterial, ServicePoint, ServiceStep
from portal.text.partial_date import parse_partial_date
from regions.models import PhotoUse, RegionIdentity, RegionMembership
from tests import factories as make
from tests.pages.reading import facts_of, text_of, unmarked_chinese

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("untold")]


def a_known_policy():
    return make.make_policy(
        slug="apartments",
        index_no="11500110009130039C/2021-00003",
        doc_number_status="given",
        doc_code="綦江府发",
        doc_year=2021,
        doc_seq=5,
        genre="measures",
        signed_on=parse_partial_date("2021-08-05"),
        published_on=parse_partial_date("2021-08"),
        effective_from=datetime.date(2021, 9, 1),
        effective_until=datetime.date(2022, 8, 31),
        issuers=[make.make_organisation(name="区政府"), make.make_organisation(name="区财政局")],
    )


def test_the_header_of_a_policy_has_the_nine_items_in_their_order(client, time_machine):
    time_machine.move_to(datetime.datetime(2026, 1, 5, 4, tzinfo=datetime.UTC))
    a_known_policy()

    response = client.get("/policies/apartments/")

    assert facts_of(response)[:9] == [
        ("索引号", "11500110009130039C/2021-00003"),
        ("发文字号", "綦江府发〔2021〕5号"),
        ("主题分类", "住房"),
        ("体裁分类", "办法"),
        ("成文日期", "2021年8月5日"),
        ("发布日期", "2021年8月"),
        ("文件标题", "綦江区人才公寓管理暂行办法"),
        ("发布机构", "区政府区财政局"),
        ("有效性", "失效按2026年1月5日计算"),
    ]
    assert "来源没有给出" not in text_of(response)


def test_what_a_policy_does_not_say_is_one_sentence(client):
    policy = make.make_policy()

    response = client.get(f"/policies/{policy.slug}/")

    assert "来源没有给出索引号、发文字号、体裁分类、成文日期、发布日期、施行日期和有效期至。" in text_of(response)
    assert [label for label, _value in facts_of(response)] == ["主题分类", "文件标题", "发布机构", "有效性"]


def test_relations_are_told_from_both_ends(client):
    old, new = make.make_policy(title="旧办法"), make.make_policy(title="新办法")
    PolicyRelation.objects.create(policy=new, kind="replaces", target=old)

    assert "替代旧办法" in text_of(client.get(f"/policies/{new.slug}/"))
    assert "被其替代新办法" in text_of(client.get(f"/policies/{old.slug}/"))


def test_benefits_and_clauses_have_addresses_on_the_page(client):
    policy = a_known_policy()
    clause = Clause.objects.create(policy=policy, number="3", heading="租金", text="按市场价的一半收取。")
    make.make_benefit(policy=policy, slug="rent", clause=clause, amount_max=Decimal(50_000), mode="apply", frequency="once")

    response = client.get("/policies/apartments/")
    html = response.content.decode()

    assert 'id="benefit-rent"' in html
    assert 'id="art-3"' in html
    assert '<a href="#art-3">第 3 条</a>' in html
    assert "住房·个人人才公寓入住第3条金额不超过5万元发放方式一次性怎么得到申请" in text_of(response)
    assert "来源没有说明受理期限。" in text_of(response)


def test_a_figure_is_never_without_its_date_and_source(client):
    figure = make.make_figure(
        scope_note="不含万盛",
        discrepancy_note="分项之和是 387",
        as_of_basis="inferred",
        as_of_note="按文中内容推断",
    )

    for address in ("/figures/", f"/figures/{figure.slug}/", "/regions/qijiang/", f"/indicators/{figure.indicator.slug}/"):
        words = text_of(client.get(address))
        assert "超过16万人" in words, address
        assert "截至2021年下半年" in words, address
        assert "一篇报道" in words, address
        assert "截至2021年下半年（推断）" in words, address
        assert "来源有矛盾分项之和是387" in words, address
        assert "不含万盛" in words, address


def test_targets_and_stages_are_marked(client):
    make.make_figure(kind="target", as_of=parse_partial_date("2022"))
    make.make_figure(stage="under_construction")

    words = text_of(client.get("/figures/"))

    assert "目标綦江区到2022年" in words
    assert "建设中綦江区截至2021年下半年" in words


def test_a_rank_names_its_field(client):
    group = make.make_region("cluster", kind="group", name="渝东南武陵山区城镇群")
    rank = make.make_indicator(measure="rank", unit="位", name="青年人才发展指数位次")
    figure = make.make_figure(indicator=rank, value=Decimal(1), qualifier="exact", as_published="第一", rank_among=group)

    chinese, english = client.get(f"/figures/{figure.slug}/"), client.get(f"/en/figures/{figure.slug}/")

    assert "第1位" in text_of(chinese)
    assert "排名范围渝东南武陵山区城镇群" in text_of(chinese)
    assert "No.1" in text_of(english)


def a_service(**fields):
    service = make.make_service(
        slug="apartments",
        name="人才公寓",
        promised_days=5,
        legal_days=20,
        day_unit="working",
        onsite_visits=0,
        fee=Service.Fee.NONE,
        **{"consult": ""} | fields,
    )
    ServiceMaterial.objects.create(service=service, name="学历证书", copies=2, obtainable_by_sharing=True)
    ServiceStep.objects.create(service=service, name="受理", limit="1 个工作日")
    ServicePoint.objects.create(
        service=service, name="市民服务中心", window="2 楼 3 号窗口", opening_hours="周一至周五 09:00-12:00,14:00-18:00"
    )
    ServiceBasis.objects.create(service=service, policy=make.make_policy())
    return service


def test_a_service_answers_what_is_known_and_says_what_is_not(client):
    a_service()

    response = client.get("/services/apartments/")

    assert facts_of(response) == [
        ("谁可以办", "个人"),
        ("承诺时限", "5个工作日"),
        ("法定时限", "20个工作日"),
        ("到现场次数", "0次，不用到现场"),
        ("收费", "不收费"),
        ("窗口", "2楼3号窗口"),
        ("开放时间", "周一至周五09:00-12:00,14:00-18:00"),
    ]
    words = text_of(response)
    assert "来源没有说明由谁办理、办理形式、办理结果、咨询方式、监督投诉、受理条件和电话。" in words
    assert "办事指南应写明17项，已写明10项。" in words
    assert "学历证书必要2份纸质或电子可免交" in words
    assert "来源没有给出地址和电话。" in words


def test_under_construction_is_not_available(client):
    a_service(status="under_construction", capacity_number=200, capacity_unit="套", capacity_stage="under_construction")

    words = text_of(client.get("/services/apartments/"))

    assert "建设中，还不能使用规模200套" in words
    assert "建设中，还不能使用" in text_of(client.get("/services/"))
    assert "建设中，还不能使用" in text_of(client.get("/regions/qijiang/"))


def test_what_is_not_verified_is_said_as_it_was_reported(client):
    source = make.make_source(issued=parse_partial_date("2021-H2"))
    make.make_service(slug="dated", status="unknown", kind="card", source=source)
    make.make_service(slug="undated", status="unknown", kind="card")
    make.make_service(slug="flats", status="under_construction", kind="housing", source=source)
    make.make_service(
        slug="checked", status="under_construction", kind="loan", source=source, last_verified_on=datetime.date(2025, 1, 2)
    )

    listed, region = text_of(client.get("/services/")), text_of(client.get("/regions/qijiang/"))

    for words in [listed, text_of(client.get("/services/dated/"))]:
        assert "2021年报道时提供，现状未核实" in words
    for words in [listed, text_of(client.get("/services/undated/"))]:
        assert "来源没有说明现在是否提供" in words
    for words in [listed, text_of(client.get("/services/flats/"))]:
        assert "报道时（2021年下半年）在建，之后的情况未核实" in words
    for short in ("现状未核实", "现状不明", "报道时在建", "建设中，还不能使用"):
        assert short in region
    assert "建设中，还不能使用" in text_of(client.get("/services/checked/"))
    assert "Under construction when reported (the second half of 2021)".replace(" ", "") in text_of(
        client.get("/en/services/flats/")
    )


def test_a_topic_without_an_open_service_says_so_and_lists_its_numbers(client):
    topic = make.make_topic(slug="housing")
    service = make.make_service(status="unknown", topics=[topic])
    make.make_figure(indicator=make.make_indicator(topic=topic, name="人才公寓套数"))
    closed = "没有查到确认正在提供的服务，以下是来源发布时的情况。"

    words = text_of(client.get("/topics/housing/"))
    service.status = "active"
    service.save()

    assert closed in words
    assert "人才公寓套数超过16万人綦江区·截至2021年下半年" in words
    assert closed not in text_of(client.get("/topics/housing/"))


def test_a_silent_source_is_said_once_above_the_benefits(client):
    policy = make.make_policy(summary="给人才的照应。")
    for number in range(3):
        make.make_benefit(policy=policy, slug=f"silent{number}", name=f"照应{number}")

    for address in ("/benefits/", f"/policies/{policy.slug}/"):
        words = text_of(client.get(address))
        assert words.count("没有列出金额、取得方式和受理期限的，是来源没有说明。") == 1, address
        assert "来源没有说明金额" not in words, address
    assert text_of(client.get("/benefits/")).count("给人才的照应。") == 3


def test_a_benefit_and_its_service_of_one_name_are_named_once(client):
    service = make.make_service(name="人才公寓", kind="housing", status="unknown")
    make.make_benefit(policy=make.make_policy(), service=service, name="人才公寓", kind="housing")

    words = text_of(client.get("/regions/qijiang/"))

    assert "住房人才公寓现状不明办事指南" in words
    assert "办理人才公寓" not in words


def test_filters_offer_no_groups_and_no_abolished_regions(client):
    chongqing = make.make_region("chongqing")
    for place in (make.make_region("wansheng", parent=chongqing), make.make_region("cluster", kind="group", parent=chongqing)):
        make.make_policy(region=place)
    make.make_policy(region=make.make_region("qijiang"), applies_below=True)
    _abolish(make.make_region("wansheng"))

    offered = re.findall(r'<option value="(\w+)"', client.get("/policies/").content.decode())
    chosen = client.get("/policies/?region=wansheng").content.decode()

    assert not {"wansheng", "cluster"} & set(offered)
    assert re.search(r'<option value="wansheng" selected>', chosen)


def test_abolished_regions_come_last_and_are_marked(client):
    chongqing = make.make_region("chongqing", kind="municipality")
    for slug in ("wansheng", "fuling"):
        RegionMembership.objects.create(group=chongqing, member=make.make_region(slug, parent=chongqing), kind="administrative")
    _abolish(make.make_region("wansheng"))

    assert "地区fuling地区wansheng已撤销" in text_of(client.get("/regions/chongqing/"))
    assert "地区fuling地区wansheng已撤销" in text_of(client.get("/"))


def test_a_group_offers_nothing_and_codes_are_as_exact_as_their_authority(client):
    group = make.make_region("cluster", kind="group")
    make.make_benefit(policy=make.make_policy(region=group))
    qijiang = make.make_region("qijiang")
    _identity(qijiang, "500222", datetime.date(1997, 12, 1), datetime.date(2011, 9, 30), "GB/T 2260 1997年12月修订")
    _identity(qijiang, "500110", datetime.date(2011, 10, 1), datetime.date(9999, 12, 31), "GB/T 2260 2011年10月修订")

    assert "在这里能得到什么" not in text_of(client.get("/regions/cluster/"))
    response = client.get("/regions/qijiang/")
    assert "2011年10月起" in text_of(response)
    assert "曾用代码（1个）曾用代码500222万盛区1997年12月至2011年9月" in text_of(response)
    assert "<details" in response.content.decode()


def _abolish(region):
    _identity(region, "500110", datetime.date(1997, 12, 1), datetime.date(2011, 9, 30), "GB/T 2260")


def _identity(region, code, first, last, authority):
    RegionIdentity.objects.create(
        owner=region, code=code, full_name="万盛区", valid_from=first, valid_until=last, authority=authority
    )


def test_what_is_known_only_as_a_fund_misses_no_paper(client):
    fund = make.make_policy(kind="fund")

    words = text_of(client.get(f"/policies/{fund.slug}/"))

    assert "来源报道了这件事，没有给出它的文件。" in words
    assert "来源没有给出" not in words


def test_numbers_of_one_indicator_are_told_apart(client):
    indicator = make.make_indicator(name="人才总量")
    older = make.make_figure(indicator=indicator, as_of=parse_partial_date("2020"), as_published="“十三五”末")
    newer = make.make_figure(indicator=indicator, as_published="达到“人才强区”16万人")

    listed = text_of(client.get("/figures/"))

    assert "人才总量2020年" in listed
    assert "人才总量2021年" in listed
    assert "同一指标綦江区超过16万人截至2020年" in text_of(client.get(f"/figures/{newer.slug}/"))
    assert "原文“达到‘人才强区’16万人”" in text_of(client.get(f"/figures/{newer.slug}/"))
    english = text_of(client.get(f"/en/figures/{older.slug}/"))
    assert "asofthesecondhalfof2021" in english
    assert "超过16万人" not in english


def test_a_region_shows_what_the_municipality_gives_and_says_whose_it_is(client):
    chongqing = make.make_region("chongqing")
    make.make_region("qijiang")
    card = make.make_policy(region=chongqing, title="重庆英才服务卡", applies_below=True)
    make.make_benefit(policy=card, name="A卡服务", kind="service")
    make.make_benefit(policy=make.make_policy(region=chongqing, title="只在市级"), name="市级独有", kind="service")

    words = text_of(client.get("/regions/qijiang/"))

    assert "服务与服务卡A卡服务重庆市" in words
    assert "重庆英才服务卡有效性不明重庆市" in words
    assert "市级独有" not in words
    assert "只在市级" not in words


def test_a_region_that_was_abolished_gives_nothing_any_more(client):
    wansheng = make.make_region("wansheng", parent=make.make_region("chongqing"), name="万盛区")
    RegionIdentity.objects.create(
        owner=wansheng,
        code="500110",
        full_name="万盛区",
        valid_from=datetime.date(1997, 12, 1),
        valid_until=datetime.date(2011, 9, 30),
        authority="GB/T 2260",
    )
    make.make_benefit(policy=make.make_policy(region=make.make_region("chongqing"), applies_below=True), name="A卡服务")

    words = text_of(client.get("/regions/wansheng/"))

    assert "已撤销" in words
    assert "曾用代码500110万盛区1997年12月1日至2011年9月30日" in words
    assert "A卡服务" not in words


def test_old_content_says_when_it_was_reported(client):
    source = make.make_source(issued=parse_partial_date("2021-H2"))
    unchecked = make.make_policy(source=source)
    checked = make.make_policy(source=source, last_verified_on=datetime.date(2025, 1, 2), review_every_days=90)

    assert "内容为2021年报道时的情况，此后尚未核实。来源：一篇报道" in text_of(client.get(f"/policies/{unchecked.slug}/"))
    assert "待核实最近核实：2025年1月2日。" in text_of(client.get(f"/policies/{checked.slug}/"))


def test_a_picture_has_its_words_its_size_and_says_when_it_is_drawn(client):
    photo = make.make_photo(slug="tower", is_illustration=True)
    PhotoUse.objects.create(entry=make.make_policy(title="新农人培养计划"), photo=photo)

    response = client.get("/photos/tower/")
    html, words = response.content.decode(), text_of(response)

    stem = photo.sha256[:24]
    assert f'srcset="/media/{stem}-320.webp 320w, /media/{stem}-640.webp 640w, /media/{stem}-1280.webp 1280w"' in html
    assert f'<img src="/media/{stem}-1280.jpg" width="1280" height="800" alt="一座玻璃幕墙的高楼"' in html
    assert "署名区委组织部提供这是画的，不是拍的。" in words
    assert "用在新农人培养计划" in words


def test_counts_stand_beside_the_choices_and_tags_can_be_removed(client):
    make.make_region("xiushan")
    for kind in (Policy.Kind.MEASURES, Policy.Kind.MEASURES, Policy.Kind.FUND):
        make.make_policy(kind=kind)

    html = client.get("/policies/?kind=measures").content.decode()

    assert re.findall(r'<option value="(\w+)" selected>(.*?)</option>', html) == [
        ("measures", f"{Policy.Kind.MEASURES.label} (2)")
    ]
    assert '<option value="fund">基金、经费 (1)</option>' in html
    assert re.findall(r'<a class="tag" href="(.*?)">', html) == ["/policies/"]
    assert 'href="/api/v1/policies/?kind=measures"' in html


def test_an_empty_list_offers_the_one_filter_to_drop(client):
    housing, loans = make.make_topic(slug="housing"), make.make_topic(slug="loans", name="贷款")
    make.make_policy(kind="measures", topics=[housing])
    make.make_policy(kind="fund", topics=[loans])
    make.make_policy(kind="notice", topics=[loans])

    response = client.get("/policies/?kind=measures&topic=loans")

    assert f"没有同时符合这些条件的内容。去掉“类型：{Policy.Kind.MEASURES.label}”，可看到2项" in text_of(response)
    assert '<a class="button" href="/policies/?topic=loans">' in response.content.decode()


def test_a_page_without_content_says_so(client):
    for plural in ("regions", "policies", "services", "benefits", "figures", "photos", "organisations"):
        assert "这里还没有内容。" in text_of(client.get(f"/{plural}/")), plural
    assert client.get("/").status_code == 200


def test_english_pages_mark_every_chinese_word(client):
    policy, service = a_known_policy(), a_service(provider=make.make_organisation())
    figure = make.make_figure(scope_note="不含万盛")
    photo = make.make_photo()
    for entry in (make.make_region(), policy, service):
        PhotoUse.objects.create(entry=entry, photo=photo)
    make.make_benefit(policy=policy, service=service, conditions="副高以上职称")
    lists = [
        "regions",
        "topics",
        "sources",
        "organisations",
        "indicators",
        "figures",
        "photos",
        "policies",
        "services",
        "benefits",
        "programmes",
        "events",
        "stories",
    ]
    told = {"source": figure.source, "topics": [make.make_topic(slug="loans")]}
    programme = make.make_programme(issuer=service.provider, figures=[figure], policies=[policy], quota_text="每年一次", **told)
    event = make.make_event(organisers=[service.provider], figures=[figure], place="长沙", recurrence="每年", **told)
    story = make.make_story(kicker="人才服务", subhead="一句话。", author="本站", body=f"{{{{figure:{figure.slug}}}}}", **told)
    entries = [
        programme,
        event,
        story,
        *told["topics"],
        policy,
        service,
        figure,
        photo,
        figure.source,
        figure.indicator,
        service.provider,
        make.make_region(),
    ]
    pages = ["/en/", "/en/sitemap/", "/en/nothing/", "/en/policies/?kidn=1", *(f"/en/{name}/" for name in lists)]
    pages += [f"/en{entry.get_absolute_url()}" for entry in entries]

    assert {page: found for page in pages if (found := unmarked_chinese(client.get(page)))} == {}


def test_an_english_page_uses_the_english_words_there_are(client):
    policy = make.make_policy(title_en="Interim measures", summary_en="Flats for talent.")

    response = client.get(f"/en/policies/{policy.slug}/")

    assert "Interimmeasures綦江区人才公寓管理暂行办法Flatsfortalent." in text_of(response)
    assert "Notgivenbythesource:indexnumber,documentnumber,genre" in text_of(response)


def test_error_pages_need_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.post("/policies/", {})

    assert response.status_code == 405
