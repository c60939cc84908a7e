"""What programs get: search, suggestions and `q` of every list."""

import pytest

from policies.models import Clause
from portal.search.counting import count_again
from portal.search.models import SearchState
from portal.search.stores import store
from tests import factories as make
from tests.test_surfaces import LISTS
from tests.world import NAMES

pytestmark = pytest.mark.django_db
ALL_LISTS = [*LISTS, "benefits"]
MODELS = dict(zip(LISTS, NAMES, strict=True))


@pytest.fixture
def policy():
    make.make_topic(slug="housing")
    return make.make_policy(
        slug="rules", title="人才公寓管理办法", title_en="Rules for apartments", summary="公寓的租金。", topics=[]
    )


def test_a_result_has_the_shape_of_the_contract(client, policy):
    body = client.get("/api/v1/search/?q=公寓租金").json()

    assert body == {
        "results": [
            {
                "type": "policies",
                "uuid": str(policy.uuid),
                "slug": "rules",
                "url": "http://127.0.0.1:8000/policies/rules/",
                "api_url": "http://127.0.0.1:8000/api/v1/policies/rules/",
                "region": {"slug": "qijiang", "name": "綦江区"},
                "title": "人才公寓管理办法",
                "title_html": "人才<mark>公寓</mark>管理办法",
                "snippet_html": "<mark>公寓</mark>的<mark>租金</mark>。",
                "validity": "unknown",
            }
        ],
        "next": None,
        "previous": None,
        "count": 1,
        "corrected": None,
        "synonyms": {},
    }


def test_language_and_limit_shape_the_answer(client, policy):
    make.make_service(name="人才公寓入住", topics=[])

    english = client.get("/api/v1/search/?q=公寓&lang=en&limit=1&type=policies").json()["results"]
    first = client.get("/api/v1/search/?q=公寓&limit=1").json()
    second = client.get(first["next"].removeprefix("http://127.0.0.1:8000")).json()

    assert [(one["title"], one["url"]) for one in english] == [
        ("Rules for apartments", "http://127.0.0.1:8000/en/policies/rules/")
    ]
    assert (first["count"], len(first["results"]), second["next"], bool(second["previous"])) == (2, 1, None, True)
    assert first["results"] != second["results"]
    assert [client.get(f"/api/v1/search/?q=公寓&{bad}").status_code for bad in ("limit=0", "lang=fr", "region=")] == [
        400,
        400,
        400,
    ]


def test_suggestions_are_titles_by_characters_sound_and_initials_and_may_be_kept(client, policy):
    for typed in ("人才公", "rencaigong", "rcgy"):
        response = client.get("/search/suggest", {"q": typed})
        assert {"text": "人才公寓管理办法", "type": "政策"} in response.json()["suggestions"]
        assert "max-age" in response["Cache-Control"]
        assert client.get("/search/suggest", {"q": typed}, headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert client.get("/search/suggest").json() == {"suggestions": []}
    assert client.post("/search/suggest").status_code == 405


def slug_of(row):
    return row.get("slug") or row["code"]


@pytest.mark.parametrize("plural", ALL_LISTS)
def test_q_goes_with_the_other_filters_and_the_counts_are_of_the_list(client, plural):
    region = make.make_region("xiushan")
    for slug, words, place in (
        ("wanted", "学者津贴一号", region),
        ("other", "学者津贴二号", make.make_region()),
        ("third", "不相干", region),
    ):
        _make(plural, slug, words, place)
    where = "" if plural == "regions" else "&region=xiushan"

    both = client.get(f"/api/v1/{plural}/?q=学者津贴").json()
    one = client.get(f"/api/v1/{plural}/?q=学者津贴{where}").json()
    page = client.get(f"/{plural}/?q=学者津贴")

    assert {slug_of(row) for row in both["results"]} == {"wanted", "other"}
    assert (both["count"], page.context["total"]) == (2, 2)
    if where:
        assert [slug_of(row) for row in one["results"]] == ["wanted"]
    for name, choices in page.context["counts"].choices.items():
        for choice in choices if name != "region" else []:
            assert client.get(f"/api/v1/{plural}/?q=学者津贴&{name}={choice.value}").json()["count"] == choice.count
    assert 'name="q" value="学者津贴"' in page.content.decode()


COLUMNS = {"sources": "title", "figures": "as_published", "photos": "caption", "policies": "title", "stories": "headline"}


def _make(plural, slug, words, region):
    """An entry that readers see, found by these words."""
    if plural == "regions":
        make.make_region(slug, name=words)
    elif plural == "benefits":
        policy = make.make_policy(title="待遇办法", topics=[], region=region)
        make.make_benefit(policy=policy, slug=slug, name=words)
        make.save(policy)
    else:
        maker = make.MAKERS[MODELS[plural]]
        entry = maker(slug=slug, region=region, **{COLUMNS.get(plural, "name"): words})
        if plural == "topics":
            make.make_policy(topics=[entry])
        elif plural == "sources":
            make.make_policy(source=entry, topics=[])
        elif plural == "indicators":
            make.make_figure(indicator=entry)


def test_q_reads_on_by_cursor(client):
    for number in range(3):
        make.make_service(slug=f"s{number}", name="技能培训", topics=[])
    make.make_service(name="别的", topics=[])

    address, found = "/api/v1/services/?q=培训&limit=2", []
    while address:
        body = client.get(address).json()
        found += [row["slug"] for row in body["results"]]
        address = body["next"] and body["next"].removeprefix("http://127.0.0.1:8000")

    assert sorted(found) == ["s0", "s1", "s2"]


def test_everything_answers_without_the_tables_of_the_index(client, policy):
    store().drop(SearchState.get().generation)

    for address in ("/api/v1/search/?q=公寓", "/api/v1/policies/?q=公寓"):
        assert [row["slug"] for row in client.get(address).json()["results"]] == ["rules"]
    assert client.get("/search/?q=公寓").context["total"] == 1
    assert client.get("/search/suggest?q=人才").json()["suggestions"] == [{"text": "人才公寓管理办法", "type": "政策"}]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [("/search/?q=公寓", 11), ("/en/search/?q=公寓", 11), ("/api/v1/search/?q=公寓", 8), ("/search/suggest?q=人才", 5), ("/policies/?q=公寓", 7), ("/search/?q=条文甲", 12)],
)  # fmt: skip
def test_queries(client, django_assert_num_queries, address, queries, rows):
    for number in range(rows):
        policy = make.make_policy(title=f"人才公寓办法{number}", topics=[])
        Clause.objects.create(policy=policy, number="1", text="条文甲")
        make.save(policy)
    count_again(make.LONG_AGO)
    client.get("/api/v1/search/?q=预热")

    with django_assert_num_queries(queries):
        response = client.get(address)

    assert response.content.decode().count("人才") >= rows
