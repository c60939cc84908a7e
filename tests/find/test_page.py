"""The page of results: what a reader sees of what was found, and that every number on it is true."""

import datetime
import html
import re

import pytest
from django.db import transaction

from policies.models import Clause
from portal.search.counting import count_again
from portal.search.marking import snippet
from portal.search.models import Synonym
from tests import factories as make
from tests.pages.reading import text_of

pytestmark = pytest.mark.django_db
PAST = datetime.date(2022, 12, 31)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        housing, schools = make.make_topic(slug="housing"), make.make_topic(slug="schools", name="子女入学", name_en="Schools")
        city = make.make_region("chongqing", kind="municipality")
        make.make_policy(
            slug="rules", title="綦江区人才公寓管理办法", title_en="Rules for talent apartments", topics=[housing],
            doc_number_status="given", doc_code="綦江府发", doc_year=2021, doc_seq=7, summary="公寓的申请、租金与退出。<b>",
        )  # fmt: skip
        make.make_policy(
            slug="old", title="人才公寓旧办法", topics=[housing, schools], region=make.make_region("xiushan"),
            effective_from=datetime.date(2019, 1, 1), effective_until=PAST,
        )  # fmt: skip
        make.make_policy(slug="above", title="全市人才公寓意见", topics=[schools], region=city, applies_below=True)
        long = make.make_policy(slug="long", title="引进专家的意见", topics=[], summary="一揽子办法。")
        clause = "入住满三年的，租金减半。" + "其他事项由主管部门另行规定。" * 9
        Clause.objects.create(policy=long, number="4", heading="租住", text=clause)
        make.make_benefit(policy=long, slug="rent", name="房租补贴", conditions="在本区交纳社保满六个月")
        make.save(long)
        make.make_service(slug="flat", name="人才公寓入住申请", name_en="Apply for a talent apartment", topics=[housing])
        Synonym.objects.create(term="宿舍", equivalents="公寓")
        count_again(datetime.datetime.now(datetime.UTC))
        yield
        transaction.set_rollback(True)


def slugs(response):
    return [found.entry.slug for found in response.context["rows"]]


def test_results_stand_by_type_with_marked_words_and_their_state(world, client):
    response = client.get("/search/?q=人才公寓")
    page = response.content.decode()

    assert set(slugs(response)) == {"rules", "old", "above", "flat"}
    assert {group.name: group.total for group in response.context["groups"]} == {"政策": 3, "服务": 1}
    assert '<a href="/policies/rules/">綦江区<mark>人才公寓</mark>管理办法</a>' in page
    assert "申请、租金与退出。&lt;b&gt;</p>" in page
    assert '<span class="badge badge-end">失效</span>' in page
    assert '<meta name="robots" content="noindex, follow">' in page
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    "filters", ["", "&region=qijiang", "&topic=housing", "&type=policies", "&validity=expired&type=policies", "&topic=schools&region=xiushan"]
)  # fmt: skip
def test_every_count_is_the_list_behind_it(world, client, filters):
    response = client.get(f"/search/?q=人才公寓{filters}")
    page, compared = response.content.decode(), 0
    query = dict(re.findall(r"(\w+)=([^&]+)", filters))

    assert response.context["total"] == len(slugs(response))
    for field in response.context["form"].fields:
        for option in field.options:
            asked = {"q": "人才公寓", **query, field.name: option.value}
            behind = client.get("/search/", asked)
            in_api = client.get("/api/v1/search/", asked).json()
            assert (behind.context["total"], in_api["count"]) == (option.count, option.count), (field.name, option.value)
            assert [one["slug"] for one in in_api["results"]] == slugs(behind)
            compared += 1
    assert compared > 3
    for tag in response.context["form"].tags:
        assert client.get(f"/search/?{tag.without}").context["total"] == tag.gain
    for query in re.findall(r'href="/search/(\?q=[^"]*&amp;type=\w+[^"]*)"', page):
        assert client.get(f"/search/{html.unescape(query)}").status_code == 200


@pytest.mark.parametrize("number", ["綦江府发〔2021〕7号", "綦江府发[2021]7号", "綦江府发（2021）7 号", "綦江府发2021年7号"])
def test_a_document_number_comes_first(world, client, number):
    response = client.get("/search/", {"q": number})

    assert slugs(response)[0] == "rules"
    assert response.context["groups"][0].name == "政策"


def test_words_of_a_clause_lead_to_the_clause_and_of_a_benefit_to_the_benefit(world, client):
    clause, benefit = (client.get(f"/search/?q={words}") for words in ("租金减半", "社保满六个月"))

    assert '<a href="/policies/long/#art-4">第 4 条 租住</a>' in clause.content.decode()
    assert "入住满三年的，<mark>租金减半</mark>。" in clause.content.decode()
    assert '<a href="/policies/long/#benefit-rent">房租补贴</a>' in benefit.content.decode()
    snippet = re.sub("<[^>]+>", "", clause.context["rows"][0].snippet)
    assert 70 <= len(snippet) <= 82
    assert snippet.endswith("…")


def test_synonyms_are_said(world, client):
    response = client.get("/search/?q=宿舍")

    assert "也搜索了：公寓" in text_of(response)
    assert "人才<mark>公寓</mark>" in response.content.decode()


def test_a_mistyped_word_is_corrected_with_a_way_back(world, client):
    corrected = client.get("/search/?q=人材公寓")
    back = html.unescape(re.search(r'<a href="([^"]+)" rel="nofollow">仍然搜索', corrected.content.decode())[1])
    as_typed = client.get(back)

    assert "已为您显示“人才公寓”的结果" in text_of(corrected)
    assert "rules" in slugs(corrected)
    assert (as_typed.context["found"].corrected, "已为您显示" in text_of(as_typed)) == ("", False)


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=的", "?q=……！"])
def test_nothing_to_look_for_is_an_empty_state_with_help(world, client, query):
    response = client.get(f"/search/{query}")

    assert (response.status_code, response.context.get("rows")) == (200, None)
    assert "写两三个关键词就够" in text_of(response)
    assert response.context["total"] == 0


def test_nothing_found_offers_the_filter_to_drop(world, client):
    response = client.get("/search/?q=人才公寓&topic=schools&type=services")

    assert slugs(response) == []
    assert "去掉“类别：服务”，可看到2项" in text_of(response)
    assert "没有找到“龘龘龘”。" in text_of(client.get("/search/?q=龘龘龘"))


def test_english_pages_say_what_is_chinese(world, client):
    response = client.get("/en/search/?q=apartment")

    assert set(slugs(response)) == {"rules", "flat"}
    assert '<a href="/en/services/flat/">Apply for a talent <mark>apartment</mark></a>' in response.content.decode()
    chinese = client.get("/en/search/?q=租金减半").content.decode()
    assert '<input type="search" id="find" name="q" value="租金减半" lang="zh-Hans"' in chinese
    assert '<p class="row-text" lang="zh-Hans">入住满三年的' in chinese


def test_pages_go_on_where_the_last_one_ended(world, client):
    for number in range(25):
        make.make_service(slug=f"course{number:02}", name=f"技能培训{number:02}班", topics=[])

    first = client.get("/search/?q=技能培训")
    second = client.get(f"/search/?{first.context['next_query']}")
    back = client.get(f"/search/?{second.context['previous_query']}")

    assert (len(slugs(first)), len(slugs(second)), first.context["total"]) == (20, 5, 25)
    assert len({*slugs(first), *slugs(second)}) == 25
    assert slugs(back) == slugs(first)
    cursor = first.context["next_query"].split("&")[0]
    assert client.get(f"/search/?q=公寓&{cursor}").status_code == 400


def test_the_box_stands_on_every_page(world, client):
    for address in ("/", "/en/", "/policies/", "/policies/rules/", "/search/?q=公寓", "/nothing/"):
        page = client.get(address).content.decode()
        root = "/en" if address.startswith("/en/") else ""
        head = page[page.index("<header") : page.index("</header>")]
        assert f'role="search" method="get" action="{root}/search/"' in head, address


HOSTILE = [
    '"', "*", "'", "\\", "%", "_", "AND", "NEAR(公寓 人才)", "-公寓", "{title}:公寓", "公寓 OR 1=1", "公寓*", '"公寓', "(((", "NOT",
    "\U00020000\U00020001", "〇〇", "😀😀", "。。。", "§n1", "a" * 200, "公 " * 100, "\u200b公寓\ufeff", "&lt;script&gt;", "<b>公寓</b>",
]  # fmt: skip
REFUSED = ["\0", "公寓\0", "\ud800", "\u202e公寓", "公" * 60_000, " ".join(["公寓"] * 2_000)]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_is_a_text(world, client, text):
    for address in ("/search/", "/api/v1/search/", "/search/suggest", "/policies/", "/api/v1/benefits/", "/figures.csv"):
        response = client.get(address, {"q": text})
        assert response.status_code == 200, address
        assert "<b>公寓" not in response.getvalue().decode()


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_a_text_is_a_sentence(world, client, text):
    encoded = text.encode("utf-8", "surrogatepass")
    for address in ("/search/", "/api/v1/search/", "/search/suggest", "/policies/", "/api/v1/benefits/"):
        response = client.get(address, {"q": encoded})
        assert response.status_code == 400, address
        assert "参数 q" in response.content.decode()


@pytest.mark.parametrize(
    "query", ["type=nothing", "region=nowhere", "topic=nothing", "validity=maybe", "as_typed=no", "cursor=zzz", "q=a&q=b", "sort=x", "limit=5"]
)  # fmt: skip
def test_what_is_not_understood_is_refused_by_name(world, client, query):
    for address in ("/search/", "/api/v1/search/"):
        if query == "limit=5" and "api" in address:
            continue
        response = client.get(f"{address}?{query}" if query.startswith("q=") else f"{address}?q=公寓&{query}")
        assert response.status_code == 400, address
        assert query.split("=")[0] in response.content.decode()


def test_a_snippet_cuts_no_word_of_letters():
    text = "apartments for talented people " * 20

    shown = re.sub("<[^>]+>", "", snippet(text, {"people": 1.0}))

    assert set(shown.strip("…").split()) == {"apartments", "for", "talented", "people"}
    assert len(shown) <= 82
    assert len(snippet("x" * 500, {})) == 81
