"""A form that is sent after its entry was handed in or published: nothing is written, and nothing typed is lost."""

import pytest
from django.urls import reverse

from policies.models import Benefit, Clause, Policy, ServicePoint
from portal.publishing.models import AuditEntry, Change, Edition, PastSlug, State
from portal.publishing.workflow import recall, submit
from portal.publishing.working_copy import open_copy
from portal.staff.models import Role
from regions.models import Photo
from tests.admin.browser import (
    Browser,
    boxes_of,
    change_url,
    errors_of,
    form_of,
    grant,
    make_editor,
    make_person,
    take_roles,
)
from tests.factories import MAKERS, make_benefit, make_photo, make_policy, make_service, make_source

pytestmark = pytest.mark.usefixtures("untold")

IN_REVIEW = "“审核中”的内容已锁定，取回后才能改。"
LOCKED = [State.REVIEW, State.APPROVED, State.PUBLISHED, State.WITHDRAWN]
WRITTEN = (AuditEntry, Change, Edition, PastSlug)


@pytest.fixture
def colleague(root):
    return Browser(make_editor(name="colleague", display_name="同事"))


def everything(*models):
    return [list(model.objects.order_by("pk").values()) for model in (*models, *WRITTEN)]


def shown(response):
    return [(row.row, row.label, row.stored, row.typed) for row in response.context_data["differences"]]


def hand_in(entry, colleague):
    submit([type(entry).objects.get(pk=entry.pk)], by=colleague.user)


def test_what_was_typed_comes_back_with_the_reason_and_nothing_is_written(drawn, root, colleague):
    policy = make_policy(title="旧标题")
    Clause.objects.create(policy=policy, number="1", text="原文")
    mine = root.form(change_url(policy)) | {"title": "我的标题", "clauses-0-text": "我的条文", "clauses-1-number": "2"}
    hand_in(policy, colleague)
    before = everything(Policy, Clause)

    response = root.send(change_url(policy), mine)

    again, page = form_of(response), response.content.decode()
    assert (response.status_code, everything(Policy, Clause)) == (409, before)
    assert errors_of(response)["__all__"] == [f"{IN_REVIEW}您填写的没有保存，都还留在下面。"]
    assert shown(response) == [
        ("", "标题", "旧标题", "我的标题"),
        ("条款 1", "条文", "原文", "我的条文"),
        ("条款 2", "编号", "", "2"),
    ]
    assert [again[name] for name in ("title", "clauses-0-text", "clauses-1-number")] == ["我的标题", "我的条文", "2"]
    assert f"<p>{IN_REVIEW}</p>" in page
    assert [name for name in ("_save", "_continue", "_addanother", "_hand_in") if f'name="{name}"' in page] == []


def test_sending_it_again_is_refused_again_until_the_text_is_taken_back(root, colleague):
    policy = make_policy(title="旧标题")
    url = change_url(policy)
    mine = root.form(url) | {"title": "我的标题"}
    hand_in(policy, colleague)

    first = root.send(url, mine)
    second = root.send(url, boxes_of(first))
    recall(Policy.objects.get(), by=colleague.user)
    stale = root.send(url, boxes_of(second))
    saved = root.send(url, boxes_of(stale))

    assert [answer.status_code for answer in (first, second, stale, saved)] == [409, 409, 200, 302]
    assert shown(stale) == [("", "标题", "旧标题", "我的标题")]
    assert Policy.objects.values_list("title", "state").get() == ("我的标题", "draft")


@pytest.mark.parametrize("button", ["_hand_in", "_continue", "_addanother"])
def test_no_button_gets_past_it(root, colleague, button):
    policy = make_policy()
    mine = root.form(change_url(policy)) | {"title": "我的标题", button: "1"}
    hand_in(policy, colleague)
    before = everything(Policy)

    assert root.send(change_url(policy), mine).status_code == 409
    assert everything(Policy) == before


@pytest.mark.parametrize("state", LOCKED)
@pytest.mark.parametrize("model", MAKERS)
def test_no_type_is_written_in_a_locked_state_even_with_its_own_version(root, model, state):
    entry = MAKERS[model](state=State.DRAFT)
    honest = root.form(change_url(entry)) | {"slug": "another"}
    model.objects.filter(pk=entry.pk).update(state=state, withdrawn_reason="理由" if state == State.WITHDRAWN else "")
    before = everything(model)

    response = root.send(change_url(entry), honest)

    assert (response.status_code, everything(model)) == (409, before)
    assert shown(response) == [("", "网址名", entry.slug, "another")]


def test_a_scheduled_working_copy_is_locked_too(root):
    copy = open_copy(make_policy(state=State.PUBLISHED), by=root.user)
    honest = root.form(change_url(copy)) | {"title": "我的标题"}
    Policy.objects.filter(pk=copy.pk).update(state=State.SCHEDULED)
    before = everything(Policy)

    response = root.send(change_url(copy), honest)

    assert (response.status_code, everything(Policy)) == (409, before)
    assert response.context_data["why_not"] == "“待生效”的内容已锁定，取回后才能改。"


@pytest.mark.parametrize("model", [Benefit, ServicePoint])
def test_the_page_of_a_child_is_locked_with_its_entry(root, colleague, model):
    child = make_benefit() if model is Benefit else ServicePoint.objects.create(service=make_service(), name="旧名")
    mine = root.form(change_url(child)) | {"name": "我的名称"}
    old = child.name
    hand_in(child.parent, colleague)
    before = everything(model, type(child.parent))

    response = root.send(change_url(child), mine)

    assert (response.status_code, everything(model, type(child.parent))) == (409, before)
    assert shown(response) == [("", str(model._meta.get_field("name").verbose_name), old, "我的名称")]
    assert boxes_of(response)["name"] == "我的名称"


def test_who_may_not_write_the_entry_gets_no_boxes(qijiang, xiushan):
    writer = Browser(make_person("writer", Role.EDITOR, region=qijiang))
    source = make_source(region=qijiang)
    honest = writer.form(change_url(source)) | {"title": "我的标题"}
    url = change_url(source)
    type(source).objects.update(state=State.REVIEW)
    answers = []
    for role, region in ((Role.REVIEWER, qijiang), (Role.EDITOR, xiushan)):
        take_roles(writer.user)
        grant(writer.user, role, region)
        answers.append(writer.send(url, honest | {"region": region.pk}))

    assert [(answer.status_code, answer.get("Location")) for answer in answers] == [(403, None), (302, reverse("admin:index"))]
    assert type(source).objects.values_list("title", "region").get() == (source.title, qijiang.pk)


def test_looking_at_a_locked_entry_shows_no_boxes(drawn, root):
    source = make_source(state=State.REVIEW)

    response = root.get(change_url(source))

    assert (response.status_code, response.context_data["why_not"]) == (200, IN_REVIEW)
    assert 'name="title"' not in response.content.decode()


def test_a_pasted_text_comes_back_when_its_policy_was_handed_in(drawn, root, colleague):
    policy = make_policy()
    url = reverse("admin:policies_policy_paste", args=[policy.pk])
    said = {"text": "第一条 为解决住房，制定本办法。", "version": policy.version}
    hand_in(policy, colleague)
    before = everything(Policy, Clause)

    answers = [root.send(url, said | {button: "1"}) for button in ("_save", "_preview")]

    pages = [answer.content.decode() for answer in answers]
    assert ([answer.status_code for answer in answers], everything(Policy, Clause)) == ([409, 409], before)
    assert [f"{IN_REVIEW}您粘贴的文字没有保存" in page for page in pages] == [True, True]
    assert [said["text"] in page for page in pages] == [True, True]
    assert [name for name in ("_save", "_preview") if f'name="{name}"' in pages[0]] == []


def test_the_words_of_a_locked_photo_come_back_and_the_others_can_be_saved(drawn, root, colleague):
    first, second = (make_photo(caption="", alt="", slug=slug) for slug in ("tower", "hall"))
    url = f"{reverse('admin:regions_photo_words')}?photos={first.pk}-{second.pk}"
    mine = form_of(root.get(url)) | {f"photo-{first.pk}-caption": "大厦", f"photo-{second.pk}-caption": "大厅"}
    Photo.objects.filter(pk=first.pk).update(state=State.REVIEW)

    refused = root.send(url, mine)
    page, stored = refused.content.decode(), list(Photo.objects.order_by("pk").values_list("caption", flat=True))
    saved = root.send(url, form_of(refused))

    assert (refused.status_code, stored) == (409, ["", ""])
    assert (IN_REVIEW in page, "<td>大厦</td>" in page) == (True, True)
    assert saved.status_code == 302
    assert list(Photo.objects.order_by("pk").values_list("caption", flat=True)) == ["", "大厅"]


def test_a_locked_photo_is_shown_among_those_whose_words_are_written(drawn, root, colleague):
    first, second = (make_photo(caption="", alt="", slug=slug) for slug in ("tower", "hall"))
    Photo.objects.filter(pk=first.pk).update(state=State.REVIEW)

    page = root.get(f"{reverse('admin:regions_photo_words')}?photos={first.pk}-{second.pk}").content.decode()

    assert ("已锁定：tower" in page, IN_REVIEW in page) == (True, True)
    assert [f'name="photo-{photo.pk}-caption"' in page for photo in (first, second)] == [False, True]
