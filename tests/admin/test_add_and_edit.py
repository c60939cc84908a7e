"""Every registered type is added and edited through its own form."""

import pytest
from django.contrib import admin

from policies.models import Benefit, Clause, Policy, Programme, Service, ServicePoint
from portal.publishing.models import Change, Child, State
from regions.models import Event, Figure, Indicator, Organisation, Photo, Region, Source, Story, Topic
from tests.admin.browser import change_url, errors_of, list_url
from tests.admin.pictures import upload
from tests.factories import (
    MAKERS,
    make_benefit,
    make_figure,
    make_indicator,
    make_organisation,
    make_photo,
    make_policy,
    make_programme,
    make_region,
    make_service,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.usefixtures("untold")


def values_for(model):
    """The least an editor fills in."""
    region = make_region()
    owned = {"slug": "new-one", "region": region.pk}
    return {
        Region: lambda: {
            "slug": "new-one", "name": "万盛区", "short_name": "万盛", "name_en": "Wansheng", "kind": "district",
            "parent": region.parent_id,
        },
        Topic: lambda: owned | {"name": "住房"},
        Source: lambda: owned | {"title": "一篇报道", "kind": "press", "issued": "2021-H2"},
        Organisation: lambda: owned | {"name": "区委组织部", "kind": "office", "recognised_on": "2021年8月"},
        Indicator: lambda: owned | {
            "name": "人才总量", "name_en": "Total", "definition": "人数", "unit": "人", "measure": "stock",
        },
        Figure: lambda: owned | {
            "indicator": make_indicator().pk, "as_published": "超过16万人", "value": "160000", "qualifier": "over",
            "as_of": "2021-H2", "as_of_basis": "stated", "source": make_source().pk,
        },
        Photo: lambda: owned | {"picture": upload(), "caption": "电商大厦", "alt": "一座高楼", "credit": "区委组织部提供"},
        Policy: lambda: owned | {
            "title": "人才公寓办法", "kind": "measures", "topics": [make_topic().pk], "issuer_unknown": "on", "summary": "可申请入住",
        },
        Service: lambda: owned | {"name": "服务窗口", "kind": "window", "audience": "person", "summary": "一个厅办完"},
        Programme: lambda: owned | {"name": "秀山秀才", "kind": "plan", "summary": "人才行动计划", "topics": [make_topic().pk]},
        Event: lambda: owned | {"name": "古剑论坛", "kind": "forum", "summary": "常设论坛", "starts": "2021-07", "ends": "2021-08"},
        Story: lambda: owned | {"headline": "一厅办事", "body": "窗口有 {{figure:" + make_figure().slug + "}}。"},
        Benefit: lambda: {
            "policy": make_policy().pk, "slug": "rent", "name": "租金补贴", "kind": "housing", "beneficiary": "person",
        },
        ServicePoint: lambda: {"service": make_service().pk, "name": "市民服务中心"},
    }[model]()  # fmt: skip


ROWS = MAKERS | {
    Programme: lambda: make_programme(topics=[make_topic()]),
    Benefit: make_benefit,
    ServicePoint: lambda: ServicePoint.objects.create(service=make_service(), name="市民服务中心"),
}
TYPES = list(ROWS)


def test_every_registered_content_type_is_tried_here():
    registered = {model for model in admin.site._registry if model._meta.app_label in {"regions", "policies"}}

    assert registered == set(TYPES)


@pytest.mark.parametrize("model", TYPES)
def test_adding_saves_one_row(drawn, root, model):
    values = values_for(model)
    before = set(model.objects.values_list("pk", flat=True))

    response = root.add(model, **values)

    assert (response.status_code, response.get("Location")) == (302, list_url(model)), errors_of(response)
    assert model.objects.exclude(pk__in=before).count() == 1


@pytest.mark.parametrize("model", TYPES)
def test_an_untouched_form_saves_and_changes_nothing_but_the_version(drawn, root, model):
    row = ROWS[model]()
    ignored = {"version", "updated_at", "updated_by", "translated_from"}
    names = [field.attname for field in model._meta.concrete_fields if field.name not in ignored]
    before = model.objects.values(*names).get(pk=row.pk)
    version = _versioned(row).version

    response = root.edit(row)

    assert response.status_code == 302, errors_of(response)
    assert model.objects.values(*names).get(pk=row.pk) == before
    assert _versioned(model.objects.get(pk=row.pk)).version == version + 1


def _versioned(row):
    return row.parent if isinstance(row, Child) else row


def test_editing_records_who_and_what_readers_see(root):
    draft, policy = make_policy(), make_policy(state=State.PUBLISHED)
    Change.objects.all().delete()

    root.edit(draft, title="改过的草稿")
    root.edit(policy, title="新标题")

    draft.refresh_from_db()
    policy.refresh_from_db()
    assert (draft.title, draft.version, draft.updated_by) == ("改过的草稿", 2, root.user)
    assert (policy.title, policy.version, policy.updated_by) == ("新标题", 2, root.user)
    assert list(Change.objects.values_list("kind", "entry_uuid")) == [("published", policy.uuid)]


def test_rows_of_a_policy_are_added_changed_and_removed_in_one_save(root):
    policy = make_policy()
    first, second = (Clause.objects.create(policy=policy, number=str(n), text="旧") for n in (1, 2))
    other = make_organisation()

    response = root.edit(
        policy,
        **{
            "clauses-0-text": "新", "clauses-1-DELETE": "on", "clauses-2-number": "3", "clauses-2-text": "第三条",
            "issuing-0-organisation": other.pk, "issuing-0-position": "0",
        },
    )  # fmt: skip

    assert response.status_code == 302, errors_of(response)
    assert list(policy.clauses.values_list("number", "text")) == [("1", "新"), ("3", "第三条")]
    assert list(policy.issuing.values_list("organisation", flat=True)) == [other.pk]
    assert not Clause.objects.filter(pk=second.pk).exists()
    assert policy.clauses.get(number="1").uid == first.uid


def test_pictures_are_put_into_an_entry_in_order(root):
    policy, one, two = make_policy(), make_photo(), make_photo()
    prefix = "regions-photouse-entry_type-entry_id"

    response = root.edit(policy, **{f"{prefix}-0-photo": one.pk, f"{prefix}-0-position": "2"})
    assert response.status_code == 302, errors_of(response)
    root.edit(policy, **{f"{prefix}-1-photo": two.pk, f"{prefix}-1-position": "1"})

    assert [use.photo for use in policy.photo_uses.order_by("position")] == [two, one]


def test_a_typed_address_name_stands_for_a_choice_without_javascript(root):
    policy, topic = make_policy(), make_topic(slug="loans")

    response = root.edit(policy, source__typed=make_source(slug="the-article").slug, topics__typed="loans")

    assert response.status_code == 302, errors_of(response)
    policy.refresh_from_db()
    assert (policy.source.slug, topic in policy.topics.all()) == ("the-article", True)


def test_an_unknown_typed_address_name_is_a_sentence(root):
    response = root.edit(make_policy(), source__typed="nowhere")

    assert errors_of(response) == {"source": ["没有可选的内容叫“nowhere”，请填它的网址名。"]}


def test_the_page_of_a_published_entry_links_to_what_readers_see(root):
    policy = make_policy(slug="apartments", state=State.PUBLISHED)
    draft = make_policy()

    assert root.get(change_url(policy)).context_data["absolute_url"] == policy.get_absolute_url()
    assert root.get(change_url(draft)).context_data["has_absolute_url"] is False
