"""The number of queries of every page, the same for one row and three; one of them is the content version."""

import pytest

from regions.models import PhotoUse
from tests import factories as make
from tests.api.test_queries import (
    a_figure,
    a_policy,
    a_programme,
    a_region,
    a_service,
    a_story,
    an_event,
    telling,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("untold")]


def a_topic(number):
    topic = make.make_topic(slug=f"topic{number}", parent=make.make_topic())
    for _ in range(number):
        make.make_topic(parent=topic)
        make.make_indicator(topic=topic)
        make.make_policy(topics=[topic])
        make.make_service(topics=[topic])
    return topic


def a_source(number):
    source = make.make_source(slug=f"source{number}")
    for _ in range(number):
        make.make_policy(source=source)
        make.make_service(source=source)
        make.make_organisation(source=source)
        make.make_figure(source=source)
        make.make_photo(source=source)
    return source


def an_organisation(number):
    office = make.make_organisation(
        slug=f"office{number}", parent=make.make_organisation(), branch_of=make.make_organisation(), source=make.make_source()
    )
    for _ in range(number):
        make.make_policy(issuers=[office])
        make.make_service(provider=office)
        make.make_organisation(parent=office)
        make.make_figure(organisation=office)
    return office


def an_indicator(number):
    indicator = make.make_indicator(slug=f"indicator{number}", topic=make.make_topic())
    for n in range(number):
        make.make_figure(indicator=indicator, region=make.make_region(f"seat{number}{n}"))
    return indicator


def a_photo(number):
    photo = make.make_photo(slug=f"photo{number}", source=make.make_source())
    for _ in range(number):
        for entry in (make.make_policy(), make.make_service()):
            PhotoUse.objects.create(entry=entry, photo=photo)
    return photo


def a_benefit(number):
    return make.make_benefit(service=make.make_service())


def a_full_region(number):
    """What a region page composes: offers, policies, figures, organisations."""
    region = a_region(number)
    for _ in range(number):
        make.make_benefit(policy=make.make_policy(region=region), service=make.make_service(region=region))
        figure = make.make_figure(region=region, source=make.make_source(region=region))
        make.make_figure(region=region, part_of=figure, organisation=make.make_organisation(region=region))
    return region


LISTS = {
    "regions": (a_region, 3),
    "topics": (a_topic, 3),
    "sources": (a_source, 4),
    "organisations": (an_organisation, 4),
    "indicators": (an_indicator, 3),
    "figures": (a_figure, 4),
    "photos": (a_photo, 4),
    "policies": (a_policy, 4),
    "benefits": (a_benefit, 4),
    "services": (a_service, 4),
    "programmes": (a_programme, 4),
    "events": (an_event, 4),
    "stories": (a_story, 4),
}


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("plural", LISTS)
def test_list_queries(client, django_assert_num_queries, plural, rows, language):
    maker, queries = LISTS[plural]
    for number in range(rows):
        maker(number + 1)

    with django_assert_num_queries(queries):
        response = client.get(f"{language}/{plural}/")

    assert len(response.context["rows"]) >= rows


@pytest.mark.parametrize(
    ("query", "queries"),
    [("region=qijiang", 4), ("region=qijiang&kind=measures&validity=unknown", 4), ("kind=fund", 3), ("on=2021-08-05", 3)],
)
def test_a_filtered_list_asks_no_more(client, django_assert_num_queries, query, queries):
    make.make_policy()

    with django_assert_num_queries(queries):
        response = client.get(f"/policies/?{query}")

    assert response.status_code == 200


DETAILS = {
    "regions": (a_full_region, 8),
    "topics": (a_topic, 5),
    "sources": (a_source, 3),
    "organisations": (an_organisation, 4),
    "indicators": (an_indicator, 3),
    "figures": (a_figure, 4),
    "photos": (a_photo, 3),
    "policies": (a_policy, 7),
    "services": (a_service, 7),
    "programmes": (a_programme, 6),
    "events": (an_event, 5),
    "stories": (a_story, 4),
}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("plural", DETAILS)
def test_detail_queries(client, django_assert_num_queries, plural, rows):
    maker, queries = DETAILS[plural]
    made = maker(rows)

    with django_assert_num_queries(queries):
        response = client.get(f"/{plural}/{made.slug}/")

    assert response.status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("plural", "queries"), [("programmes", 7), ("events", 6), ("stories", 5)])
def test_figures_named_in_texts_are_one_query_more(client, django_assert_num_queries, plural, queries, rows):
    made = [telling(plural, number + 1) for number in range(rows)]

    with django_assert_num_queries(5):
        listed = client.get(f"/{plural}/").content.decode()
    with django_assert_num_queries(queries):
        shown = client.get(f"/{plural}/{made[-1].slug}/").content.decode()

    assert listed.count("超过16万人") >= rows
    assert shown.count("超过16万人") >= rows


@pytest.mark.parametrize("rows", [1, 3])
def test_home_queries(client, django_assert_num_queries, rows):
    for number in range(rows):
        region = a_full_region(number + 1)
        make.make_figure(region=region, is_key=True)

    with django_assert_num_queries(6):
        response = client.get("/")

    assert len(response.context["cards"]) == rows


@pytest.mark.parametrize(("address", "queries"), [("/sitemap/", 1), ("/nothing-here/", 1), ("/healthz", 0), ("/readyz", 2)])
def test_queries_of_pages_without_content(client, django_assert_num_queries, address, queries):
    with django_assert_num_queries(queries):
        client.get(address)
