"""Whatever is asked wrongly is refused by name, at once, and never widens a list."""

import pytest

from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("untold")]
TYPES = ["regions", "topics", "sources", "organisations", "indicators", "figures", "photos", "policies", "benefits", "services"]
TYPES += ["programmes", "events", "stories"]


def refused(client, path):
    response = client.get(path)
    assert response.status_code == 400, (path[:80], response.status_code)
    assert response["Content-Type"] == "application/problem+json"
    return response.json()


@pytest.mark.parametrize(
    "query",
    [
        "nonsense=1",
        "search=公寓",
        "page=1000000000",
        "page=2",
        "offset=10",
        "limit=0",
        "limit=201",
        "limit=-1",
        "limit=1e3",
        "limit=１０",
        "limit=" + "9" * 300,
        "cursor=zzz",
        "cursor=" + "W" * 1001,
        "ordering=pk",
        "ordering=password",
        "ordering=-id,title",
        "updated_at__gte=yesterday",
        "updated_at__gte=2021-13-01",
        "updated_at__gte=2021-08-05T25:00:00Z",
        "updated_at__gte=2021-08-05T00:00:00",
        "updated_at__gte=" + "9" * 500,
        "lang=zh-hant",
        "lang=fr",
        "fields=nonsense",
        "fields=uuid,",
        "fields=__class__",
        "uuid=1",
        "a[b]=1",
        "_connector=OR",
        "title__regex=.",
        "region__talent_office__password=1",
        "%00=1",
        "format=api",
        "limit=1&limit=2",
    ],
)
def test_a_wrong_parameter_is_refused_by_every_list(client, query):
    for plural in TYPES:
        problem = refused(client, f"/api/v1/{plural}/?{query}")

        assert (problem["status"], bool(problem["detail"]), bool(problem["parameter"])) == (400, True, True)


@pytest.mark.parametrize(
    ("path", "parameter", "hint"),
    [
        ("/api/v1/policies/?regoin=qijiang", "regoin", "region"),
        ("/api/v1/policies/?validty=expired", "validty", "validity"),
        ("/api/v1/policies/?kind=bogus", "kind", "notice"),
        ("/api/v1/policies/?region=qijang", "region", "qijang"),
        ("/api/v1/policies/?topic=nowhere", "topic", "nowhere"),
        ("/api/v1/policies/?issuer=nobody", "issuer", "nobody"),
        ("/api/v1/policies/?year=２０２１", "year", "2021"),
        ("/api/v1/policies/?year=21", "year", "2021"),
        ("/api/v1/policies/?on=2021-02-30", "on", "2021-08-05"),
        ("/api/v1/policies/?on=2021-8-5", "on", "2021-08-05"),
        ("/api/v1/regions/?code=50011", "code", "500110"),
        ("/api/v1/regions/?code=５００１１０", "code", "500110"),
        ("/api/v1/figures/?stage=paid", "stage", "paid_out"),
        ("/api/v1/services/?status=open", "status", "active"),
        ("/api/v1/benefits/?audience=me", "audience", "person"),
    ],
)
def test_the_refusal_names_what_would_be_right(client, path, parameter, hint):
    make.make_region()

    problem = refused(client, path)

    assert problem["parameter"] == parameter
    assert hint in problem["detail"]


@pytest.mark.parametrize(
    "value",
    [
        "1abc",
        "１abc",
        "%00",
        "a%00b",
        "%ED%A0%80",
        "%F0%28%8C%28",
        "%E2%80%AEabc",
        "x" * 500,
        ",".join(["term"] * 2000),
        "'",
        "\\",
        "%0A",
        "A",
    ],
)
def test_a_value_that_is_no_slug_is_refused(client, value):
    make.make_policy()

    assert refused(client, f"/api/v1/policies/?region={value}")["parameter"] == "region"


def test_forty_thousand_values_are_refused(client):
    many = "&".join(f"region=r{number}" for number in range(40_000))

    problem = refused(client, f"/api/v1/policies/?{many}")
    page = client.get(f"/policies/?{many}")

    assert problem["status"] == 400
    assert (page.status_code, "一次提交的内容太多了。" in page.content.decode()) == (400, True)


def test_an_empty_value_is_refused_and_not_taken_for_the_whole_list(client):
    make.make_policy()

    assert refused(client, "/api/v1/policies/?region=")["parameter"] == "region"


def test_every_field_of_a_record_may_be_named(client):
    policy = make.make_policy()
    address = f"/api/v1/policies/{policy.slug}/"
    whole = client.get(address).json()

    assert client.get(f"{address}?fields={','.join(whole)}").json() == whole


@pytest.mark.parametrize("moment", ["0001-01-01", "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_at_the_edge_of_the_calendar_is_refused(client, moment):
    for path in ("/api/v1/figures/", "/api/v1/benefits/"):
        assert refused(client, f"{path}?updated_at__gte={moment}")["parameter"] == "updated_at__gte"
    assert client.get(f"/figures/?updated_at__lte={moment}").status_code == 400


@pytest.mark.parametrize("slug", ["1abc", "%EF%BC%91abc", "a%00b", "..%2F..", "%ED%A0%80", "x" * 5000, "A", "'", "-1"])
def test_a_strange_address_is_404(client, slug):
    for plural in TYPES:
        response = client.get(f"/api/v1/{plural}/{slug}/")

        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_only_reads(client, method):
    response = getattr(client, method)("/api/v1/policies/", data="{}", content_type="application/json")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/api/v1/nothing/", "/api/v1/policies/a/b/"])
def test_an_unknown_endpoint_is_a_problem_document(client, path):
    response = client.get(path)

    assert response.status_code == 404
    assert response.json()["status"] == 404


def test_options_and_head_answer(client):
    make.make_policy()

    assert client.options("/api/v1/policies/").status_code == 200
    assert client.head("/api/v1/policies/").status_code == 200


def test_other_accept_headers_get_json_or_a_sentence(client):
    make.make_policy()

    assert client.get("/api/v1/policies/", headers={"Accept": "text/html"}).status_code in {200, 406}
    assert client.get("/api/v1/policies/", headers={"Accept": "x" * 5000}).status_code in {200, 406}
