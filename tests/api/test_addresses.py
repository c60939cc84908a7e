"""What becomes of an address: old slugs, withdrawn entries, neighbouring pages, the schema."""

import pytest
import yaml
from django.core.management import call_command

from policies.models import Policy
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("untold")]


def rename(entry, slug):
    entry.slug = slug
    return make.save(entry)


def test_an_old_slug_answers_301_in_one_hop(client):
    policy = rename(rename(make.make_policy(slug="first"), "second"), "third")

    answers = [client.get(f"/api/v1/policies/{slug}/?lang=en") for slug in ("first", "second")]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(301, "/api/v1/policies/third/?lang=en")] * 2
    assert client.get("/api/v1/policies/third/").json()["uuid"] == str(policy.uuid)


def test_a_withdrawn_entry_answers_410_with_the_public_reason(client):
    policy = make.make_policy(slug="gone")
    policy.state, policy.withdrawn_reason = "withdrawn", "已被新办法替代"
    make.save(policy)

    answer = client.get("/api/v1/policies/gone/")

    assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json")
    assert answer.json()["detail"] == "这条内容已经撤回。理由：已被新办法替代"


def test_next_and_previous_lead_through_the_list_and_back(client):
    slugs = [make.make_policy(topics=[]).slug for _ in range(5)][::-1]
    address, pages, back = "/api/v1/policies/?limit=2&region=qijiang&fields=slug&ordering=-updated_at", [], []

    while address:
        body = client.get(address).json()
        pages.append([row["slug"] for row in body["results"]])
        address, last = body["next"], body
    address = last["previous"]
    while address:
        body = client.get(address).json()
        back.append([row["slug"] for row in body["results"]])
        address = body["previous"]

    assert pages == [slugs[:2], slugs[2:4], slugs[4:]]
    assert back == [slugs[2:4], slugs[:2]]


def test_a_cursor_belongs_to_its_filter(client):
    for _ in range(3):
        make.make_policy(topics=[])
    following = client.get("/api/v1/policies/?limit=1&kind=measures").json()["next"]

    assert client.get(following.replace("kind=measures", "kind=fund")).status_code == 400
    assert client.get(following.replace("limit=1", "limit=2")).status_code == 200


def test_only_what_changed_since_is_given(client):
    old, new = make.make_policy(slug="old", topics=[]), make.make_policy(slug="new", topics=[])
    Policy.objects.filter(pk=old.pk).update(updated_at="2021-08-05T00:00:00Z")
    Policy.objects.filter(pk=new.pk).update(updated_at="2021-08-06T00:00:00Z")

    def slugs(query):
        return [row["slug"] for row in client.get(f"/api/v1/policies/?{query}").json()["results"]]

    assert slugs("updated_at__gte=2021-08-06T08:00:00%2B08:00") == ["new"]
    assert slugs("updated_at__gte=2021-08-06T08:00:01%2B08:00") == []
    assert slugs("updated_at__lte=2021-08-05T00:00:00Z") == ["old"]


def test_the_index_leads_to_every_list(client):
    index = client.get("/api/v1/").json()

    assert sorted(index) == [
        "benefits", "changes", "events", "figures", "indicators", "organisations", "photos", "policies", "programmes", "regions",
        "schema", "search", "services", "sources", "stories", "topics",
    ]  # fmt: skip
    assert {client.get(address).status_code for address in index.values()} == {200}
    assert client.get("/api/v1/?page=2").status_code == 400


def test_lists_carry_licence_and_description(client):
    link = client.get("/api/v1/policies/")["Link"]

    assert (
        link == '<https://creativecommons.org/licenses/by/4.0/>; rel="license", <http://127.0.0.1:8000/api/>; rel="describedby"'
    )


def test_the_committed_document_is_what_the_code_says(client):
    call_command("openapi", check=True)

    served = client.get("/api/v1/schema/")

    document = yaml.safe_load(served.content)
    assert served["Content-Type"] == "application/yaml; charset=utf-8"
    assert document["openapi"] == "3.1.0"
    assert len(document["paths"]) == 28
    assert [name for name, schema in document["components"]["schemas"].items() if not schema] == []


def test_the_reference_shows_every_parameter_and_field(client):
    for plural in ("figures", "policies", "services"):
        text = client.get(f"/api/{plural}/").content.decode()
        record = yaml.safe_load(client.get("/api/v1/schema/").content)["components"]["schemas"]
        names = record["Figure" if plural == "figures" else f"{plural[:-1].title().replace('Policie', 'Policy')}Detail"][
            "properties"
        ]
        assert [name for name in [*names, "updated_at__gte", "ordering"] if f"<code>{name}</code>" not in text] == []
    assert client.get("/api/nothing/").status_code == 404
    assert client.get("/api/?x=1").status_code == 400
