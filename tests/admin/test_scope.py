"""Staff of a region neither see nor change rows of other regions, on any page, picker or action."""

import json

import pytest
from django.urls import reverse

from policies.models import Benefit, Policy, Service, ServicePoint
from portal.publishing.models import FOREVER, Child, State
from portal.publishing.rights import Act, may
from portal.publishing.scope import visible_to
from portal.publishing.working_copy import open_copy
from portal.staff.models import Role, User
from regions.models import Organisation, Photo, Region, Source, Topic
from tests.admin.browser import (
    Browser,
    add_url,
    change_url,
    delete_url,
    errors_of,
    list_url,
    make_editor,
    make_person,
    messages_of,
    take_roles,
)
from tests.factories import (
    MAKERS,
    make_benefit,
    make_figure,
    make_organisation,
    make_photo,
    make_policy,
    make_region,
    make_service,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.usefixtures("untold")


def foreign_rows(xiushan):
    """One row of each type of another region, and what the region above shares with those below."""
    rows = [xiushan, xiushan.parent, make_topic(region=xiushan.parent, applies_below=True)]
    rows += [make(region=xiushan, state="draft") for model, make in MAKERS.items() if model is not Region]
    policy, service = (next(row for row in rows if isinstance(row, kind)) for kind in (Policy, Service))
    return [*rows, make_benefit(policy=policy), ServicePoint.objects.create(service=service, name="秀山大厅")]


def test_foreign_rows_are_not_found_on_any_page_and_posting_changes_nothing(editor, xiushan):
    rows = foreign_rows(xiushan)
    before = [list(type(row).objects.order_by("pk").values()) for row in rows]

    for row in rows:
        name = f"admin:{row._meta.app_label}_{row._meta.model_name}"
        for url in (change_url(row), delete_url(row), reverse(f"{name}_history", args=[row.pk])):
            assert (editor.get(url).status_code, editor.get(url)["Location"]) == (302, reverse("admin:index")), url
            assert editor.send(url, {"post": "yes", "version": "1"}).status_code in {302, 405}, url

    assert [list(type(row).objects.order_by("pk").values()) for row in rows] == before


@pytest.mark.parametrize("model", [*MAKERS, Benefit, ServicePoint])
def test_lists_hold_own_rows_only(editor, qijiang, xiushan, model):
    foreign_rows(xiushan)
    own = {Region: lambda: qijiang, Benefit: lambda: make_benefit(policy=make_policy(region=qijiang))}
    own |= {ServicePoint: lambda: ServicePoint.objects.create(service=make_service(region=qijiang), name="綦江大厅")}
    own.get(model, lambda: MAKERS[model](region=qijiang))()

    page = editor.get(list_url(model))

    expected = {row.pk for row in model.objects.all() if (row.parent if isinstance(row, Child) else row).region == qijiang}
    assert {found.pk for found in page.context_data["cl"].result_list} == expected
    assert page.context_data["cl"].result_count == len(expected) > 0
    filters = {spec.parameter_name: spec for spec in page.context_data["cl"].filter_specs if hasattr(spec, "parameter_name")}
    if "region" in filters:
        assert filters["region"].lookup_choices == [(str(qijiang.pk), "綦江区")]


def test_a_region_below_is_in_scope(editor, qijiang):
    town = make_region("town", parent=qijiang, kind="functional_zone", state="draft")
    source = make_source(region=town)

    assert editor.edit(source, title="新标题").status_code == 302
    assert may(editor.user, Act.EDIT, town)


@pytest.mark.parametrize("who", ["administrator", "auditor", "editor of the whole site"])
def test_administrators_auditors_and_roles_for_the_whole_site_see_every_region(qijiang, xiushan, who):
    people = {
        "administrator": lambda: User.objects.create_superuser("x"),
        "auditor": lambda: make_person("x", Role.AUDITOR),
        "editor of the whole site": lambda: make_person("x", Role.EDITOR),
    }
    user = people[who]()

    assert set(visible_to(Region.objects.all(), user)) == {qijiang, xiushan, qijiang.parent}


def picks(browser, model, field, term=""):
    query = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field, "term": term}
    response = browser.get(reverse("admin:autocomplete"), **query)
    return {int(row["id"]): row["text"] for row in json.loads(response.content)["results"]}


@pytest.mark.parametrize(
    ("source_model", "field", "make"),
    [
        (Policy, "source", make_source),
        (Policy, "topics", make_topic),
        (Policy, "figures", make_figure),
        (Organisation, "parent", make_organisation),
        (Benefit, "service", make_service),
        (Photo, "source", make_source),
    ],
)
def test_pickers_offer_own_rows_and_public_shared_ones(editor, qijiang, xiushan, source_model, field, make):
    chongqing = qijiang.parent
    own, own_draft = make(region=qijiang, state=State.PUBLISHED), make(region=qijiang)
    shared = make(region=chongqing, applies_below=True, state=State.PUBLISHED)
    make(region=chongqing, applies_below=True)
    make(region=chongqing, state=State.PUBLISHED)
    make(region=xiushan, state=State.PUBLISHED)
    make(region=xiushan, applies_below=True, state=State.PUBLISHED)
    open_copy(own, by=None)

    assert set(picks(editor, source_model, field)) == {own.pk, own_draft.pk, shared.pk}
    form = editor.get(add_url(source_model)).context_data["adminform"].form
    assert set(form.fields[field].queryset.values_list("pk", flat=True)) == set(picks(editor, source_model, field))


def test_choices_are_called_by_name_region_and_state(editor, qijiang):
    source = make_source(region=qijiang, title="公报", state="draft")

    assert picks(editor, Policy, "source") == {source.pk: "公报（綦江区，草稿）"}


@pytest.mark.parametrize(("model", "field"), [(Source, "region"), (Region, "parent")])
def test_owners_offered_are_regions_one_may_edit(editor, qijiang, xiushan, model, field):
    assert picks(editor, model, field) == {qijiang.pk: "綦江区（已发布）"}


def test_a_ranking_may_name_any_public_region(editor, qijiang, xiushan):
    make_region("secret", state="draft")

    assert set(picks(editor, type(make_figure(region=qijiang)), "rank_among")) == {qijiang.pk, qijiang.parent.pk, xiushan.pk}


@pytest.mark.parametrize("field", ["policy", "service"])
def test_entries_offered_for_a_child_are_those_one_may_edit(editor, qijiang, field):
    make, model = (make_policy, Benefit) if field == "policy" else (make_service, ServicePoint)
    own, public = make(region=qijiang), make(region=qijiang, state=State.PUBLISHED)
    copy = open_copy(public, by=None)
    make(region=qijiang.parent, applies_below=True, state=State.PUBLISHED)

    assert set(picks(editor, model, field)) == {own.pk, copy.pk}


@pytest.mark.parametrize("field", ["password", "state", "copy_of", "created_by", "nothing"])
def test_the_picker_address_answers_no_other_question(editor, field):
    query = {"app_label": "policies", "model_name": "policy", "field_name": field}

    response = editor.get(reverse("admin:autocomplete"), **query)

    assert response.status_code == (200 if field == "copy_of" else 403)


def test_forged_choices_are_refused_and_their_names_not_told(drawn, editor, qijiang, xiushan):
    policy = make_policy(region=qijiang, topics=[make_topic(region=qijiang)])
    secret = make_source(region=xiushan, title="秘密来源", state="draft")
    topic = make_topic(region=xiushan, name="秘密主题", state="draft")
    photo = make_photo(region=xiushan, caption="秘密图片", state="draft")
    organisation = make_organisation(region=xiushan, name="秘密机构", state="draft")
    photos = "regions-photouse-entry_type-entry_id"

    response = editor.edit(
        policy, region=xiushan.pk, source=secret.pk, topics=[topic.pk],
        **{f"{photos}-0-photo": photo.pk, "issuing-0-organisation": organisation.pk},
    )  # fmt: skip

    assert set(errors_of(response)) == {"region", "source", "topics", f"{photos}-0-photo", "issuing-0-organisation"}
    assert "秘密" not in response.content.decode()
    assert "秀山" not in response.content.decode()
    assert Policy.objects.values_list("region", "source").get() == (qijiang.pk, None)


def test_forged_choices_on_a_stale_page_are_not_told_either(drawn, editor, qijiang, xiushan):
    policy = make_policy(region=qijiang)
    secret = make_source(region=xiushan, title="秘密来源", state="draft")

    response = editor.edit(policy, source=secret.pk, source__typed="", version="9")

    assert "秘密" not in response.content.decode()


def test_a_typed_name_finds_no_foreign_row(editor, qijiang, xiushan):
    make_source(region=xiushan, slug="secret-source")

    response = editor.edit(make_policy(region=qijiang), source__typed="secret-source")

    assert set(errors_of(response)) == {"source"}


def test_what_is_chosen_already_stays_valid_when_it_is_no_longer_offered(editor, qijiang):
    topic = make_topic(region=qijiang.parent, applies_below=True)
    policy = make_policy(region=qijiang, topics=[topic])
    Topic.objects.filter(pk=topic.pk).update(state=State.WITHDRAWN)

    response = editor.edit(policy, title="新标题")

    assert response.status_code == 302, errors_of(response)
    assert list(policy.topics.all()) == [topic]


FORGED = {
    "id": "99", "pk": "99", "uuid": "0" * 32, "created_by": "1", "updated_by": "1", "created_at_0": "2001-01-01",
    "first_published_at": "2001-01-01", "first_published_at_0": "2001-01-01", "public_updated_at_0": "2001-01-01",
    "visible_from": "2001-01-01", "visible_from_0": "2001-01-01", "visible_from_1": "00:00",
    "visible_until": "2002-01-01", "visible_until_0": "2002-01-01", "visible_until_1": "00:00", "withdrawn_reason": "理由",
}  # fmt: skip


@pytest.mark.parametrize("state", [*State, "deleted", ""])
def test_a_saved_form_changes_what_it_shows_and_the_version_only(editor, qijiang, state):
    source = make_source(region=qijiang, title="旧")
    before = Source.objects.values().get()

    response = editor.edit(source, title="新", state=state, copy_of=source.pk, copy_of_id=source.pk, **FORGED)

    after = Source.objects.values().get()
    assert response.status_code == 302, errors_of(response)
    kept = {"title": "新", "version": 2, "updated_by_id": editor.user.pk, "updated_at": after["updated_at"]}
    assert after == before | kept


@pytest.mark.parametrize("state", State)
def test_a_new_entry_is_a_draft_of_its_writer_whatever_is_posted(editor, qijiang, state):
    other = make_source(region=qijiang, state=State.PUBLISHED)
    forged = FORGED | {"state": state, "copy_of": other.pk, "version": "7"}

    editor.add(Source, slug="new-one", region=qijiang.pk, title="公报", kind="press", **forged)

    made = Source.objects.values().get(slug="new-one")
    honest = Source.objects.get(slug="new-one")
    assert (made["state"], made["version"], made["created_by_id"], made["copy_of_id"], made["withdrawn_reason"]) == (
        "draft", 1, editor.user.pk, None, "",
    )  # fmt: skip
    assert (made["first_published_at"], made["public_updated_at"], made["visible_until"]) == (None, None, FOREVER)
    assert (honest.pk in {99, other.pk}, honest.uuid.int == 0, honest.visible_from.year > 2001) == (False, False, True)


def test_a_forged_version_is_no_version(editor, qijiang):
    source = make_source(region=qijiang)
    before = Source.objects.values().get()

    responses = [editor.edit(source, title="新", version=version) for version in ("7", "0", "", "x")]

    assert [response.status_code for response in responses] == [200] * 4
    assert Source.objects.values().get() == before


def test_a_new_region_must_lie_below_ones_own(editor, qijiang, xiushan):
    values = {"slug": "town", "name": "镇", "short_name": "镇", "name_en": "Town", "kind": "functional_zone"}

    assert list(errors_of(editor.add(Region, **values))) == ["parent"]
    assert list(errors_of(editor.add(Region, **values, parent=xiushan.pk))) == ["parent"]
    assert editor.add(Region, **values, parent=qijiang.pk).status_code == 302


def test_bulk_deletion_takes_own_rows_only(editor, qijiang, xiushan):
    own, foreign = (make_source(region=region, state="draft") for region in (qijiang, xiushan))

    editor.delete_all(Source, own, foreign)

    assert list(Source.objects.all()) == [foreign]


def test_the_page_that_refuses_a_deletion_names_no_foreign_row(drawn, editor, qijiang, xiushan):
    source = make_source(region=qijiang, state="draft")
    make_policy(region=qijiang, title="自己的政策", source=source)
    make_policy(region=xiushan, title="秘密政策", source=source, state="draft")

    page = editor.get(delete_url(source))

    assert page.context_data["protected"] == ["政策：自己的政策", "另有 1 条内容引用它"]
    assert "秘密" not in page.content.decode()


def test_a_shared_row_of_the_region_above_may_be_picked_and_not_edited(editor, qijiang):
    topic = make_topic(region=qijiang.parent, applies_below=True, state=State.PUBLISHED)

    assert topic.pk in picks(editor, Policy, "topics")
    assert editor.get(change_url(topic)).status_code == 302


def test_staff_without_rights_reach_nothing(qijiang):
    source = make_source(region=qijiang)
    user = make_editor(qijiang)
    take_roles(user)
    nobody = Browser(user)

    urls = [list_url(Source), add_url(Source), change_url(source), delete_url(source), list_url(Benefit), add_url(Benefit)]

    assert [nobody.get(url).status_code for url in urls] == [403] * 6


def test_messages_name_what_was_saved(editor, qijiang):
    response = editor.edit(make_source(region=qijiang, title="公报"))

    assert "公报" in messages_of(response)[0]
