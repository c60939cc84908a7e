"""The number of queries of every endpoint, the same for one row and three."""

import datetime

import pytest

from policies.models import Clause, PolicyRelation, ServiceBasis, ServiceMaterial, ServicePoint, ServiceStep
from regions.models import PhotoUse, RegionIdentity, RegionMembership
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("untold")]


def a_policy(number):
    topics = [make.make_topic() for _ in range(number)]
    issuers = [make.make_organisation() for _ in range(number)]
    policy = make.make_policy(
        slug=f"policy{number}",
        topics=topics,
        issuers=issuers,
        figures=[make.make_figure() for _ in range(number)],
        stories=[make.make_story() for _ in range(number)],
    )
    for n in range(number):
        Clause.objects.create(policy=policy, number=str(n + 1), text="条文")
        make.make_benefit(policy=policy, service=make.make_service())
        PolicyRelation.objects.create(policy=policy, kind="implements", target=make.make_policy(topics=[]))
        ServiceBasis.objects.create(service=make.make_service(), policy=policy)
        PhotoUse.objects.create(entry=policy, photo=make.make_photo())
        make.make_programme(policies=[policy])
    return policy


def a_service(number):
    service = make.make_service(
        slug=f"service{number}", topics=[make.make_topic() for _ in range(number)], provider=make.make_organisation()
    )
    for _ in range(number):
        ServiceMaterial.objects.create(service=service, name="证书")
        ServiceStep.objects.create(service=service, name="受理")
        ServicePoint.objects.create(service=service, name="中心", region=make.make_region())
        ServiceBasis.objects.create(service=service, policy=make.make_policy(topics=[]))
        make.make_benefit(service=service)
        PhotoUse.objects.create(entry=service, photo=make.make_photo())
    return service


def a_region(number):
    region = make.make_region(f"place{number}", parent=make.make_region("chongqing"), talent_office=make.make_organisation())
    for n in range(number):
        RegionIdentity.objects.create(
            owner=region,
            code=f"5001{number}{n}",
            full_name="某区",
            valid_from=datetime.date(2000 + n, 1, 1),
            authority="GB/T 2260",
        )
        RegionMembership.objects.create(
            member=region, group=make.make_region(f"group{number}{n}", kind="group"), kind="statistical"
        )
        PhotoUse.objects.create(entry=region, photo=make.make_photo())
    return region


def a_figure(number):
    whole = make.make_figure()
    return make.make_figure(
        slug=f"figure{number}",
        part_of=whole,
        organisation=make.make_organisation(),
        rank_among=make.make_region("qun", kind="group"),
    )


def an_organisation(number):
    source = make.make_source()
    topics = [make.make_topic() for _ in range(number)]
    above, trunk = make.make_organisation(), make.make_organisation()
    return make.make_organisation(slug=f"office{number}", source=source, parent=above, branch_of=trunk, topics=topics)


def a_programme(number, **texts):
    programme = make.make_programme(
        slug=f"plan{number}",
        source=make.make_source(),
        issuer=make.make_organisation(),
        part_of=make.make_programme(),
        topics=[make.make_topic() for _ in range(number)],
        policies=[make.make_policy(topics=[]) for _ in range(number)],
        stories=[make.make_story() for _ in range(number)],
        figures=[make.make_figure() for _ in range(number)],
        **texts,
    )
    for _ in range(number):
        make.make_programme(part_of=programme, **texts)
        PhotoUse.objects.create(entry=programme, photo=make.make_photo())
    return programme


def an_event(number, **texts):
    event = make.make_event(
        slug=f"event{number}",
        source=make.make_source(),
        topics=[make.make_topic() for _ in range(number)],
        organisers=[make.make_organisation() for _ in range(number)],
        figures=[make.make_figure() for _ in range(number)],
        **texts,
    )
    for _ in range(number):
        PhotoUse.objects.create(entry=event, photo=make.make_photo())
    return event


def a_story(number, **texts):
    topics = [make.make_topic() for _ in range(number)]
    story = make.make_story(slug=f"story{number}", source=make.make_source(), topics=topics, **texts)
    for _ in range(number):
        make.make_policy(topics=[], stories=[story])
        make.make_programme(stories=[story])
        PhotoUse.objects.create(entry=story, photo=make.make_photo())
    return story


TELLING = {"programmes": (a_programme, "summary"), "events": (an_event, "summary"), "stories": (a_story, "subhead")}


def telling(plural, number):
    """An entry whose text names a few figures of its own."""
    maker, field = TELLING[plural]
    named = [make.make_figure(slug=f"{plural}-{number}-{n}", indicator=make.make_indicator()) for n in range(number)]
    return maker(number, **{field: "有" + "、".join(f"{{{{figure:{figure.slug}}}}}" for figure in named)})


LISTS = {
    "regions": (a_region, 3),
    "topics": (
        lambda number: make.make_figure(indicator=make.make_indicator(topic=make.make_topic(parent=make.make_topic()))),
        3,
    ),
    "sources": (lambda number: make.make_figure(), 3),
    "organisations": (an_organisation, 4),
    "indicators": (lambda number: make.make_figure(), 3),
    "figures": (a_figure, 3),
    "photos": (lambda number: make.make_photo(source=make.make_source()), 3),
    "policies": (a_policy, 4),
    "benefits": (lambda number: make.make_benefit(service=make.make_service()), 3),
    "services": (a_service, 4),
    "programmes": (a_programme, 4),
    "events": (an_event, 4),
    "stories": (a_story, 4),
}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("plural", LISTS)
def test_list_queries(client, django_assert_num_queries, plural, rows):
    maker, queries = LISTS[plural]
    for number in range(rows):
        maker(number + 1)

    with django_assert_num_queries(queries):
        body = client.get(f"/api/v1/{plural}/").json()

    assert len(body["results"]) >= rows


DETAILS = {
    "regions": (a_region, 5),
    "figures": (a_figure, 2),
    "policies": (a_policy, 5),
    "services": (a_service, 6),
    "organisations": (an_organisation, 3),
    "programmes": (a_programme, 3),
    "events": (an_event, 3),
    "stories": (a_story, 3),
}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("plural", DETAILS)
def test_detail_queries(client, django_assert_num_queries, plural, rows):
    maker, queries = DETAILS[plural]
    made = maker(rows)
    warm_up(client, plural)

    with django_assert_num_queries(queries):
        response = client.get(f"/api/v1/{plural}/{made.slug}/")

    assert response.status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("plural", TELLING)
def test_figures_named_in_texts_are_one_query_more(client, django_assert_num_queries, plural, rows):
    made = [telling(plural, number + 1) for number in range(rows)]

    with django_assert_num_queries(5):
        body = client.get(f"/api/v1/{plural}/").json()
    with django_assert_num_queries(4):
        record = client.get(f"/api/v1/{plural}/{made[-1].slug}/").json()

    field = TELLING[plural][1]
    assert sum("超过16万人" in (row[field] or "") for row in body["results"]) >= rows
    assert record[field].count("超过16万人") == rows


@pytest.mark.parametrize("plural", [plural for plural in LISTS if plural not in DETAILS])
def test_simple_detail_queries(client, django_assert_num_queries, plural):
    LISTS[plural][0](1)
    address = client.get(f"/api/v1/{plural}/").json()["results"][0]["api_url"]

    with django_assert_num_queries(2):
        client.get(address)


def test_a_filtered_list_asks_no_more(client, django_assert_num_queries):
    a_policy(1)

    with django_assert_num_queries(4):
        body = client.get("/api/v1/policies/?region=qijiang&kind=measures&validity=unknown").json()

    assert body["count"] == 2


def test_a_304_asks_one_query(client, django_assert_num_queries):
    make.make_policy()
    etag = client.get("/api/v1/policies/")["ETag"]

    with django_assert_num_queries(1):
        response = client.get("/api/v1/policies/", headers={"If-None-Match": etag})

    assert response.status_code == 304


def warm_up(client, plural):
    """Content types are read once a process; keep that out of the counts."""
    client.get(f"/api/v1/{plural}/?limit=1")
