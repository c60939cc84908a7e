"""What each role finds on the pages of the admin, and what a forged form does."""

import pytest
from django.urls import reverse

from policies.models import Benefit, Policy, Service
from portal.publishing.models import Change
from portal.staff.models import Role, User
from regions.models import Photo, Region, Source
from tests.admin.browser import (
    Browser,
    add_url,
    change_url,
    delete_url,
    errors_of,
    grant,
    list_url,
    make_person,
    take_roles,
)
from tests.factories import MAKERS, make_benefit, make_photo, make_policy, make_region, make_service, make_source

pytestmark = pytest.mark.usefixtures("untold")

WORDS = "/admin/regions/photo/upload/words/"
LOCKED = "“已发布”的内容不直接改，请先打开修改稿。"


def person(role, region):
    if role == "administrator":
        return Browser(User.objects.create_superuser("x"))
    return Browser(make_person("x", Role(role), region=None if role == "auditor" else region))


@pytest.fixture
def contributor(qijiang):
    return Browser(make_person("contributor", Role.CONTRIBUTOR, region=qijiang))


@pytest.fixture
def writer(qijiang):
    """Edits, and does not publish."""
    return Browser(make_person("writer", Role.EDITOR, region=qijiang))


@pytest.mark.parametrize("model", MAKERS)
@pytest.mark.parametrize("role", ["reviewer", "auditor", "administrator"])
def test_readers_read_every_page_and_are_told_why_they_cannot_write(drawn, qijiang, role, model):
    row = qijiang if model is Region else MAKERS[model](region=qijiang, state="draft")
    reader = person(role, qijiang)

    page = reader.get(change_url(row))
    refused = reader.send(change_url(row), {"version": "1"})

    assert page.status_code == 200
    assert '<div class="why-not">' in page.content.decode()
    assert page.context_data["why_not"] == "您在綦江区没有编辑角色。"
    assert 'name="_save"' not in page.content.decode()
    assert (refused.status_code, "您在綦江区没有编辑角色。" in refused.content.decode()) == (403, True)
    assert [reader.get(url).status_code for url in (list_url(model), add_url(model), delete_url(row))] == [200, 403, 403]
    assert type(row).objects.get(pk=row.pk).version == row.version


@pytest.mark.parametrize("make", [make_policy, make_service])
def test_rows_are_read_only_where_the_entry_is(drawn, qijiang, make):
    benefit = make_benefit(policy=make_policy(region=qijiang))
    row = {make_policy: benefit.policy, make_service: make_service(region=qijiang)}[make]
    reader = person("reviewer", qijiang)

    page = reader.get(change_url(row)).content.decode()

    assert "TOTAL_FORMS" in page
    assert 'type="file"' not in page
    assert reader.get(change_url(benefit)).context_data["why_not"] == "您在綦江区没有编辑角色。"
    assert reader.send(change_url(benefit), {"version": "1"}).status_code == 403


def test_whoever_does_not_publish_changes_nothing_public(writer, qijiang):
    policy = make_policy(region=qijiang, state="published")
    benefit = make_benefit(policy=policy)
    before = [list(model.objects.values()) for model in (Policy, Benefit)]

    pages = [writer.get(change_url(row)) for row in (policy, benefit)]
    refused = [
        writer.send(url, {"version": "1"})
        for url in (change_url(policy), change_url(benefit), f"{change_url(policy)[:-7]}clauses/")
    ]

    assert [page.context_data["why_not"] for page in pages] == [LOCKED, LOCKED]
    assert [answer.status_code for answer in refused] == [409, 409, 409]
    assert [list(model.objects.values()) for model in (Policy, Benefit)] == before


@pytest.mark.parametrize("state", ["published", "withdrawn"])
@pytest.mark.parametrize("who", ["writer", "contributor", "editor"])
def test_a_forged_state_changes_nothing_whoever_posts_it(request, qijiang, who, state):
    browser = request.getfixturevalue(who)
    values = {"title": "公报", "kind": "press", "slug": "paper", "region": qijiang.pk, "withdrawn_reason": "理由"}

    browser.add(Source, **values, state=state)
    before = Source.objects.values().get()
    browser.edit(Source.objects.get(), state=state, withdrawn_reason="理由")

    after = Source.objects.values().get()
    assert after == before | {"version": 2, "updated_at": after["updated_at"]}
    assert [after[name] for name in ("state", "withdrawn_reason", "created_by_id")] == ["draft", "", browser.user.pk]
    assert not Change.objects.filter(entry_uuid=after["uuid"]).exists()


def test_a_contributor_finds_what_is_published_and_their_own_drafts(contributor, qijiang, xiushan):
    make_source(region=qijiang, state="draft")
    make_source(region=xiushan, state="published")
    shown, own = (make_source(region=qijiang, state=state) for state in ("published", "draft"))
    Source.objects.filter(pk=own.pk).update(created_by=contributor.user)

    page = contributor.get(list_url(Source))

    assert set(page.context_data["cl"].result_list) == {shown, own}
    assert contributor.edit(own, title="改过").status_code == 302
    assert contributor.get(change_url(shown)).context_data["why_not"].startswith("您在这里的角色是供稿")
    assert contributor.send(change_url(shown), {"version": "1"}).status_code == 403


def test_a_draft_of_somebody_else_is_not_there_for_a_contributor(contributor, qijiang):
    draft = make_policy(region=qijiang, state="draft")
    pages = ["change", "delete", "history", "copy", "paste"]

    answers = [contributor.get(reverse(f"admin:policies_policy_{page}", args=[draft.pk])) for page in pages]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 404, 404]
    assert contributor.client.get(change_url(draft))["Location"] == reverse("admin:index")


def test_an_entry_moves_only_where_one_may_edit_it_too(qijiang, xiushan):
    mover = make_person("mover", Role.EDITOR, region=qijiang)
    draft = make_source(region=qijiang, state="draft")
    answers = []
    for role in (None, Role.REVIEWER, Role.CONTRIBUTOR, Role.EDITOR):
        if role:
            grant(mover, role, xiushan)
        answers.append(Browser(User.objects.get(pk=mover.pk)).edit(draft, region=xiushan.pk))

    assert [list(errors_of(answer)) for answer in answers[:3]] == [["region"]] * 3
    assert answers[2].context_data["adminform"].form.errors["region"] == [
        "您在这里的角色是供稿，只能看已发布的内容，写自己建的草稿。"
    ]
    assert (answers[3].status_code, Source.objects.get().region) == (302, xiushan)


def test_a_page_refused_for_its_new_region_can_still_be_mended(drawn, qijiang, xiushan):
    mover = make_person("mover", Role.EDITOR, region=qijiang)
    grant(mover, Role.CONTRIBUTOR, xiushan)
    draft = make_source(region=qijiang, state="draft")

    page = Browser(mover).edit(draft, region=xiushan.pk, title="我写的标题")

    assert 'value="我写的标题"' in page.content.decode()
    assert 'name="_save"' in page.content.decode()


def make_draft(region):
    """Regions are public where factories make them."""
    region.state = "draft"
    region.save()


def test_a_region_is_moved_only_by_who_edits_both_places(editor, qijiang, xiushan):
    editor_of_both = Browser(make_person("both", Role.EDITOR, Role.PUBLISHER, region=qijiang))
    make_draft(qijiang)
    town = make_region("town", parent=qijiang, kind="functional_zone", state="draft")

    up = editor.edit(qijiang, parent="")
    aside = editor.edit(town, parent=xiushan.pk)
    grant(editor_of_both.user, Role.EDITOR, xiushan)
    moved = editor_of_both.edit(town, parent=xiushan.pk)

    assert errors_of(up)["parent"] == ["您在重庆市没有编辑角色。"]
    assert list(errors_of(aside)) == ["parent"]
    assert (moved.status_code, Region.objects.get(pk=town.pk).parent) == (302, xiushan)
    assert Region.objects.get(pk=qijiang.pk).parent == qijiang.parent


def test_bulk_deletion_asks_about_every_row(editor, qijiang):
    draft, public = (
        make_source(region=qijiang, title="甲", state="draft"),
        make_source(region=qijiang, title="乙", state="published"),
    )
    data = {"action": "delete_selected", "_selected_action": [draft.pk, public.pk]}

    page = editor.send(list_url(Source), data)
    forged = editor.send(list_url(Source), data | {"post": "yes"})

    assert page.context_data["perms_lacking"] == {"乙：公开过的内容不能直接删除，请先撤回，再由有发布角色的人删除。"}
    assert forged.status_code == 403
    assert Source.objects.count() == 2


def test_a_withdrawn_entry_is_deleted_with_its_rows_by_a_publisher(editor, writer, qijiang):
    policy = make_policy(region=qijiang, state="withdrawn", withdrawn_reason="理由")
    make_benefit(policy=policy)

    refused = writer.delete(policy)
    done = editor.delete(policy)

    assert (refused.status_code, "您在綦江区没有发布角色。" in refused.content.decode()) == (403, True)
    assert (done.status_code, Policy.objects.count(), Benefit.objects.count()) == (302, 0, 0)


def test_pickers_of_a_contributor_offer_no_draft_of_others(contributor, qijiang, xiushan):
    own, other, public, foreign = (
        make_source(region=region, state=state)
        for region, state in ((qijiang, "draft"), (qijiang, "draft"), (qijiang, "published"), (xiushan, "published"))
    )
    Source.objects.filter(pk=own.pk).update(created_by=contributor.user)

    form = contributor.get(add_url(Policy)).context_data["adminform"].form

    assert set(form.fields["source"].queryset) == {own, public}
    assert {other, foreign}.isdisjoint(form.fields["source"].queryset)
    assert list(form.fields["region"].queryset) == [qijiang]


def test_children_are_added_to_drafts_one_may_edit(contributor, writer, editor, qijiang):
    own, other, public = (make_policy(region=qijiang, state=state) for state in ("draft", "draft", "published"))
    Policy.objects.filter(pk=own.pk).update(created_by=contributor.user)

    offered = [set(browser.get(add_url(Benefit)).context_data["adminform"].form.fields["policy"].queryset)
               for browser in (contributor, writer, editor)]  # fmt: skip

    assert offered == [{own}, {own, other}, {own, other}]
    refused = editor.add(Benefit, policy=public.pk, name="甲", slug="a", kind="housing", beneficiary="person")
    assert list(errors_of(refused)) == ["policy"]
    forged = contributor.add(Benefit, policy=other.pk, name="甲", slug="a", kind="housing", beneficiary="person")
    assert list(errors_of(forged)) == ["policy"]
    assert not Benefit.objects.exists()


def test_photo_words_are_written_and_handed_in_by_role(contributor, writer, editor, qijiang):
    own, other = (make_photo(region=qijiang, state="draft") for _ in range(2))
    Photo.objects.filter(pk=own.pk).update(created_by=contributor.user)
    address = f"{WORDS}?photos={own.pk}-{other.pk}"

    forms = [browser.get(address).context_data["forms"] for browser in (contributor, writer, editor)]
    data = {
        f"photo-{own.pk}-{name}": value
        for name, value in (("version", "1"), ("caption", "说明"), ("alt", "画面"), ("credit", "区委组织部"), ("hand_in", "on"))
    }
    data |= {name.replace(f"-{own.pk}-", f"-{other.pk}-"): value for name, value in data.items()}
    contributor.send(address, data)

    assert [[form.instance for form in found] for found in forms] == [[own], [own, other], [own, other]]
    assert [list(Photo.objects.values_list("state", "caption").get(pk=photo.pk)) for photo in (own, other)] == [
        ["review", "说明"],
        ["draft", other.caption],
    ]


def test_uploading_asks_for_the_role_in_the_region(contributor, qijiang, xiushan):
    grant(contributor.user, Role.REVIEWER, xiushan)

    form = contributor.get("/admin/regions/photo/upload/").context_data["form"]

    assert list(form.fields["region"].queryset) == [qijiang]
    assert form.initial.get("region") is None


def test_a_role_taken_away_ends_with_the_next_request(editor, qijiang):
    draft = make_source(region=qijiang, state="draft")
    honest = editor.form(change_url(draft)) | {"title": "改过"}

    take_roles(editor.user)
    answer = editor.send(change_url(draft), honest)

    assert answer.status_code == 403
    assert Source.objects.get().title == draft.title


@pytest.mark.parametrize("role", ["auditor", "administrator", "reviewer"])
def test_readers_copy_and_upload_nothing(qijiang, role):
    service, reader = make_service(region=qijiang), person(role, qijiang)
    urls = [reverse("admin:policies_service_copy", args=[service.pk]), "/admin/regions/photo/upload/", WORDS]

    assert [reader.send(url, {}).status_code for url in urls] == [403] * 3
    assert (Service.objects.count(), Photo.objects.count()) == (1, 0)
