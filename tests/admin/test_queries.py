"""The number of queries of a page does not grow with its rows."""

import pytest
from django.contrib.contenttypes.models import ContentType

from policies.models import (
    Benefit,
    Clause,
    Policy,
    PolicyIssuer,
    PolicyRelation,
    Programme,
    Service,
    ServiceBasis,
    ServiceMaterial,
    ServicePoint,
)
from regions.models import Attachment, Event, PhotoUse, Region, RegionIdentity, RegionMembership, Story
from tests.admin.browser import Browser, change_url, list_url, make_editor
from tests.factories import (
    MAKERS,
    make_benefit,
    make_event,
    make_figure,
    make_indicator,
    make_organisation,
    make_photo,
    make_policy,
    make_programme,
    make_region,
    make_service,
    make_source,
    make_story,
    make_topic,
    save,
)

pytestmark = pytest.mark.usefixtures("untold")

LISTS = {
    "event": 8, "story": 8, "programme": 8, "figure": 8, "photo": 8, "organisation": 8, "indicator": 8, "topic": 8, "source": 8, "region": 7,
    "policy": 8, "service": 8, "benefit": 6, "servicepoint": 6,
}  # fmt: skip
ROWS = {model._meta.model_name: (model, make) for model, make in MAKERS.items()} | {
    "benefit": (Benefit, lambda region: make_benefit(policy=make_policy(region=region))),
    "servicepoint": (ServicePoint, lambda region: ServicePoint.objects.create(service=make_service(region=region), name="大厅")),
}


EVENT_RELATIONS = {"organisers": make_organisation, "topics": make_topic, "figures": make_figure}
PROGRAMME_RELATIONS = {"topics": make_topic, "figures": make_figure, "policies": make_policy, "stories": make_story}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", LISTS)
def test_list_queries(drawn, editor, qijiang, django_assert_num_queries, name, rows):
    model, make = ROWS[name]
    for _ in range(rows):
        make(parent=qijiang) if model is Region else make(region=qijiang)

    with django_assert_num_queries(LISTS[name]):
        page = editor.get(list_url(model))

    assert page.context_data["cl"].result_count >= rows


def fill_policy(region, rows):
    policy = make_policy(region=region)
    for number in range(rows):
        clause = Clause.objects.create(policy=policy, number=str(number), text="条文")
        make_benefit(policy=policy, clause=clause)
        PolicyIssuer.objects.create(policy=policy, organisation=make_organisation(region=region))
        PolicyRelation.objects.create(policy=policy, kind="implements", target=make_policy(region=region))
        PhotoUse.objects.create(entry=policy, photo=make_photo(region=region))
        Attachment.objects.create(entry=policy, title="表", kind="pdf", sha256=f"{number:064x}", size=1)
    return policy


def fill_service(region, rows):
    service = make_service(region=region)
    for number in range(rows):
        policy = make_policy(region=region)
        clause = Clause.objects.create(policy=policy, number="1", text="条文")
        ServiceBasis.objects.create(service=service, policy=policy, clause=clause)
        ServiceMaterial.objects.create(service=service, name=f"材料{number}")
        ServicePoint.objects.create(service=service, name="大厅")
        PhotoUse.objects.create(entry=service, photo=make_photo(region=region))
        Attachment.objects.create(entry=service, title="表", kind="pdf", sha256=f"{number:064x}", size=1)
    return service


def fill_region(region, rows):
    region.state = "draft"
    region.save()
    for number in range(rows):
        RegionIdentity.objects.create(
            owner=region, code=f"50011{number}", full_name="綦江", valid_from="2011-01-01", authority="国标"
        )
        RegionMembership.objects.create(member=region, group=make_region(f"group{number}", kind="group"), kind="statistical")
        PhotoUse.objects.create(entry=region, photo=make_photo(region=region))
    return region


def fill_event(region, rows):
    many = {name: [make(region=region) for _ in range(rows)] for name, make in EVENT_RELATIONS.items()}
    return illustrate(make_event(region=region, state="draft", **many), region, rows)


def fill_programme(region, rows):
    many = {name: [make(region=region) for _ in range(rows)] for name, make in PROGRAMME_RELATIONS.items()}
    return illustrate(make_programme(region=region, state="draft", **many), region, rows)


def fill_story(region, rows):
    names = [make_figure(region=region).slug for _ in range(rows)]
    body = " ".join("{{figure:" + name + "}}" for name in names)
    return illustrate(
        make_story(region=region, state="draft", body=body, topics=[make_topic() for _ in range(rows)]), region, rows
    )


def fill_organisation(region, rows):
    for _ in range(rows):
        make_figure(region=region)
    return save(make_organisation(region=region), topics=[make_topic() for _ in range(rows)])


def fill_figure(region, rows):
    indicator = make_indicator(region=region)
    whole = make_figure(region=region, indicator=indicator, source=make_source(region=region))
    for _ in range(rows):
        make_figure(region=region, indicator=indicator, part_of=whole)
    return whole


def fill_photo(region, rows):
    photo = make_photo(region=region, source=make_source(region=region))
    for _ in range(rows):
        PhotoUse.objects.create(entry=make_story(region=region), photo=photo)
    return photo


def fill_source(region, rows):
    source = make_source(region=region)
    for _ in range(rows):
        make_figure(region=region, source=source)
    return source


def fill_topic(region, rows):
    topic = make_topic(region=region)
    for _ in range(rows):
        make_organisation(region=region, topics=[topic])
    return topic


def fill_indicator(region, rows):
    indicator = make_indicator(region=region)
    for _ in range(rows):
        make_figure(region=region, indicator=indicator)
    return indicator


def illustrate(entry, region, rows):
    for _ in range(rows):
        PhotoUse.objects.create(entry=entry, photo=make_photo(region=region))
    return entry


FORMS = [
    (fill_policy, 21), (fill_service, 16), (fill_region, 11), (fill_event, 15), (fill_programme, 19), (fill_story, 12),
    (fill_organisation, 9), (fill_figure, 9), (fill_photo, 7), (fill_source, 6), (fill_topic, 6),
    (fill_indicator, 6),
]  # fmt: skip


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("fill", "queries"), FORMS)
def test_form_queries(drawn, editor, qijiang, django_assert_num_queries, fill, queries, rows):
    row = fill(qijiang, rows)
    ContentType.objects.get_for_models(Event, Policy, Programme, Region, Service, Story)

    with django_assert_num_queries(queries):
        editor.get(change_url(row))


SHOWN = [
    (fill_policy, 16), (fill_service, 14), (fill_region, 9), (fill_event, 11), (fill_programme, 13), (fill_story, 9),
    (fill_organisation, 8), (fill_figure, 8), (fill_photo, 7),
]  # fmt: skip
"""What readers know is looked at, and not edited."""


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("fill", "queries"), SHOWN)
def test_queries_of_the_page_of_a_public_entry(drawn, editor, qijiang, django_assert_num_queries, fill, queries, rows):
    row = fill(qijiang, rows)
    row.state = "published"
    row.save()
    ContentType.objects.get_for_models(Event, Policy, Programme, Region, Service, Story)

    with django_assert_num_queries(queries):
        editor.get(change_url(row))


@pytest.mark.parametrize("rows", [1, 3])
def test_saving_checks_changed_rows_only(editor, qijiang, django_assert_num_queries, rows):
    policy = fill_policy(qijiang, rows)
    url = change_url(policy)
    data = editor.form(url) | {"title": "新标题"}

    with django_assert_num_queries(68):
        response = editor.send(url, data)

    assert response.status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("kind", "queries"), [("benefit", 5), ("point", 4)])
def test_child_page_queries(drawn, qijiang, django_assert_num_queries, kind, queries, rows):
    editor = Browser(make_editor(qijiang))
    entry = {"benefit": fill_policy, "point": fill_service}[kind](qijiang, rows)
    child = (entry.benefits if kind == "benefit" else entry.points).first()

    with django_assert_num_queries(queries):
        editor.get(change_url(child))
