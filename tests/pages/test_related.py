"""Where programmes, events and stories stand: on the pages of what they belong to, with the way to the whole list."""

import re

import pytest

from portal.publishing.models import State
from portal.text.partial_date import parse_partial_date
from regions.models import PhotoUse
from tests import factories as make
from tests.pages.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("untold")]


def surroundings(number=1, **fields):
    """As many programmes, events and stories as asked, of one region, topic, source, office, figure and photo."""
    region, topic = make.make_region(), make.make_topic(slug="housing")
    source, office = make.make_source(slug="report"), make.make_organisation(slug="office")
    figure, photo = make.make_figure(slug="talent-2021", source=source), make.make_photo(slug="tower")
    told = {"region": region, "source": source, "topics": [topic], **fields}
    for n in range(number):
        entries = [
            make.make_programme(name=f"秀才计划{n}", issuer=office, figures=[figure], **told),
            make.make_event(name=f"古剑论坛{n}", organisers=[office], figures=[figure], **told),
            make.make_story(headline=f"一厅办结{n}", body="总量 {{figure:talent-2021}}。", **told),
        ]
        for entry in entries:
            PhotoUse.objects.create(entry=entry, photo=photo)


PAGES = {
    "/regions/qijiang/": ("秀才计划0", "古剑论坛0", "一厅办结0"),
    "/topics/housing/": ("秀才计划0", "古剑论坛0", "一厅办结0"),
    "/sources/report/": ("秀才计划0", "古剑论坛0", "一厅办结0"),
    "/figures/talent-2021/": ("秀才计划0", "古剑论坛0", "一厅办结0"),
    "/photos/tower/": ("秀才计划0", "古剑论坛0", "一厅办结0"),
    "/organisations/office/": ("秀才计划0", "古剑论坛0"),
    "/": ("一厅办结0",),
}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_names_what_belongs_to_it(client, address):
    surroundings()

    words = text_of(client.get(address))

    assert tuple(name for name in ("秀才计划0", "古剑论坛0", "一厅办结0") if name in words) == PAGES[address]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_hides_what_is_not_public(client, address):
    surroundings(state=State.DRAFT)
    make.make_service(topics=[make.make_topic(slug="living")])
    make.make_figure(source=make.make_source(slug="other"))

    words = text_of(client.get(address, follow=True))

    assert [name for name in ("秀才计划0", "古剑论坛0", "一厅办结0") if name in words] == []


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/regions/qijiang/", 8),
        ("/topics/housing/", 5),
        ("/sources/report/", 3),
        ("/figures/talent-2021/", 4),
        ("/photos/tower/", 3),
        ("/organisations/office/", 4),
        ("/", 6),
    ],
)
def test_what_belongs_to_a_page_costs_no_query_of_its_own(client, django_assert_num_queries, address, queries, number):
    surroundings(number)

    with django_assert_num_queries(queries):
        client.get(address)


@pytest.mark.parametrize(("address", "scope"), [("/regions/qijiang/", "region=qijiang"), ("/topics/housing/", "topic=housing")])
def test_a_page_without_room_for_all_leads_to_the_list_of_all(client, address, scope):
    surroundings(10)

    html = client.get(address).content.decode()
    ways = re.findall(rf'href="/(programmes|events|stories)/\?{scope}">全部 (\d+) ', html)

    assert ways == [(plural, "10") for plural in ("programmes", "events", "stories")]
    assert [client.get(f"/{plural}/?{scope}").context["total"] for plural, _count in ways] == [10, 10, 10]


def test_an_entry_is_shown_with_what_it_is_and_when(client):
    figure = make.make_figure(slug="talent-2021")
    make.make_event(
        starts=parse_partial_date("2021-07-19"),
        ends=parse_partial_date("2021-07-24"),
        place="长沙",
        summary="请来专家。第二句不显示。",
        figures=[figure],
    )
    make.make_programme(level="municipal", summary="培养 {{figure:talent-2021}}。", figures=[figure])

    words = text_of(client.get("/figures/talent-2021/"))

    assert "古剑论坛论坛2021年7月19日—2021年7月24日长沙请来专家。报道" not in words
    assert "古剑论坛论坛2021年7月19日—2021年7月24日长沙请来专家。" in words
    assert "第二句" not in words
    assert "秀山秀才人才计划市级活动" in words


def test_events_come_latest_first_and_undated_ones_last(client):
    for day in ("", "2020", "2021-08"):
        make.make_event(name=f"论坛{day or '无期'}", starts=parse_partial_date(day) if day else None)

    words = text_of(client.get("/regions/qijiang/"))

    assert words.index("论坛2021-08") < words.index("论坛2020") < words.index("论坛无期")


def test_a_region_shows_a_contradiction_however_many_figures_there_are(client):
    topic = make.make_topic(slug="funds")
    for n in range(5):
        make.make_figure(indicator=make.make_indicator(topic=topic, name=f"经费{n}", position=n))
    make.make_figure(indicator=make.make_indicator(topic=topic, name="人才经费", position=9), discrepancy_note="两年之和是 387")

    response = client.get("/regions/qijiang/")

    assert "人才经费超过16万人截至2021年下半年·来源1来源有矛盾两年之和是387" in text_of(response)
    assert '<a href="/figures/?region=qijiang&amp;topic=funds">住房</a> 6</li>' in response.content.decode()
    assert client.get("/figures/?region=qijiang&topic=funds").context["total"] == 6


def test_a_link_to_a_figure_tells_how_far_the_thing_has_come(client):
    make.make_figure(indicator=make.make_indicator(topic=make.make_topic(slug="housing")), stage="under_construction")

    assert "截至2021年下半年建设中" in text_of(client.get("/topics/housing/"))


def test_a_link_to_a_figure_tells_of_a_contradiction(client):
    topic = make.make_topic(slug="funds")
    for year, note in (("2020", "两年之和是 387"), ("2021", "")):
        make.make_figure(
            indicator=make.make_indicator(topic=topic, name=f"{year}年经费"),
            as_of=parse_partial_date(year),
            discrepancy_note=note,
        )

    words = text_of(client.get("/topics/funds/"))

    assert "截至2020年来源有矛盾" in words
    assert "截至2021年来源有矛盾" not in words


def test_a_region_has_room_for_the_programmes_that_gather_others(client):
    region = make.make_region("qijiang")
    whole = make.make_programme(name="秀山秀才", region=region)
    make.make_programme(name="本土人才培育计划", region=region, part_of=whole)
    for n in range(6):
        make.make_programme(name=f"百人计划{n}", region=region)

    words = text_of(client.get("/regions/qijiang/"))

    assert [name for name in ("秀山秀才", "百人计划4", "百人计划5", "本土人才培育计划") if name in words] == [
        "秀山秀才",
        "百人计划4",
    ]


def test_a_region_counts_its_policies_by_topic_as_their_list_does(client):
    housing, loans = make.make_topic(slug="housing"), make.make_topic(slug="loans", name="贷款", position=1)
    make.make_policy(topics=[housing, loans])
    make.make_policy(topics=[loans], region=make.make_region("chongqing"), applies_below=True)
    make.make_policy(topics=[loans], region=make.make_region("chongqing"))

    html = client.get("/regions/qijiang/").content.decode()

    assert re.findall(r'/policies/\?region=qijiang&amp;topic=(\w+)">.*?</a> (\d+)', html) == [("housing", "1"), ("loans", "2")]
    assert client.get("/policies/?region=qijiang&topic=loans").context["total"] == 2


def test_a_region_lists_the_first_organisations_of_a_kind_and_leads_to_the_others(client):
    for n in range(5):
        make.make_organisation(name=f"园区{n}", kind="park")

    html = client.get("/regions/qijiang/").content.decode()

    assert re.findall(r">(园区\d)</a>", html) == ["园区0", "园区1", "园区2"]
    assert 'href="/organisations/?region=qijiang&amp;kind=park">全部 5 个</a>' in html


def test_an_organisation_shows_its_public_topics(client):
    topics = [make.make_topic(name="平台"), make.make_topic(name="密件", state=State.DRAFT)]
    office = make.make_organisation(slug="office")
    office.topics.set(topics)

    words = text_of(client.get("/organisations/office/"))

    assert "主题平台" in words
    assert "密件" not in words
