"""Deleting takes what was seen: a text that somebody saved since the page was opened is kept, and so is all that was chosen with it."""

import pytest
from django.urls import reverse

from policies.models import Benefit, Policy
from portal.publishing.models import AuditEntry, State
from portal.publishing.workflow import RefusedError, delete
from portal.publishing.working_copy import open_copy
from regions.models import PhotoUse, Source
from tests.admin.browser import Browser, confirmation_of, delete_url, list_url, make_editor, messages_of
from tests.factories import make_benefit, make_photo, make_policy, make_source, make_story


@pytest.fixture
def colleague(root):
    return Browser(make_editor(name="colleague", display_name="同事"))


def test_a_draft_that_was_saved_since_is_kept_and_shown(drawn, root, colleague):
    source = make_source(title="旧标题")
    seen = confirmation_of(root.get(delete_url(source)))
    colleague.edit(source, title="同事的标题")

    kept = root.send(delete_url(source), seen)
    page = kept.content.decode()

    assert (kept.status_code, Source.objects.get().title) == (409, "同事的标题")
    assert "“同事的标题”不是您确认时的那一版：同事在 " in page
    assert f'href="{reverse("admin:regions_source_history", args=[source.pk])}"' in page
    assert root.send(delete_url(source), confirmation_of(kept)).status_code == 302
    assert not Source.objects.exists()


@pytest.mark.parametrize("version", [None, "", "x", "7", "１", "99999999999"])
def test_without_the_version_that_was_seen_nothing_is_deleted(root, version):
    source = make_source()

    answer = root.send(delete_url(source), {"post": "yes", f"version-{source.pk}": version})

    assert (answer.status_code, Source.objects.count()) == (409, 1)


def test_one_changed_entry_keeps_all_that_were_chosen(root, colleague):
    mine, theirs = make_source(title="甲"), make_source(title="乙")
    chosen = root.chosen(Source, mine, theirs)
    colleague.edit(theirs, title="同事的标题")
    told = AuditEntry.objects.count()

    answer = root.send(list_url(Source), chosen)

    assert answer.status_code == 302
    assert messages_of(answer)[0].startswith("“同事的标题”不是您确认时的那一版：同事在 ")
    assert set(Source.objects.values_list("title", flat=True)) == {"甲", "同事的标题"}
    assert AuditEntry.objects.count() == told


def test_a_benefit_of_a_changed_policy_is_kept(drawn, root, colleague):
    first, second = (make_benefit(policy=make_policy()) for _ in range(2))
    seen, chosen = confirmation_of(root.get(delete_url(first))), root.chosen(Benefit, first, second)
    colleague.edit(first, name="同事的名称")

    answers = root.send(delete_url(first), seen), root.send(list_url(Benefit), chosen)

    assert [answer.status_code for answer in answers] == [409, 302]
    assert (Benefit.objects.count(), Policy.objects.get(pk=second.policy_id).version) == (2, 1)
    assert f'href="{reverse("admin:policies_policy_history", args=[first.policy_id])}"' in answers[0].content.decode()
    assert root.delete(first).status_code == 302
    assert list(Benefit.objects.all()) == [second]


def test_a_working_copy_that_was_saved_since_is_not_given_up(root, colleague):
    copy = open_copy(make_policy(state=State.PUBLISHED), by=root.user)
    seen = copy.version
    colleague.edit(copy, title="同事的标题")

    answer = root.send(reverse("admin:policies_policy_step", args=[copy.pk, "discard"]), {"version": seen})

    assert answer.status_code == 409
    assert Policy._base_manager.get(pk=copy.pk).title == "同事的标题"


def test_a_deletion_stands_in_the_log(root):
    source = make_source(title="要删的")

    root.delete(source)

    row = AuditEntry.objects.get(action=AuditEntry.Action.DELETED)
    assert (row.entry_title, row.entry_uuid, row.actor_name) == ("要删的", source.uuid, "管理员")


def test_what_is_in_review_is_refused_by_the_step_itself(root):
    with pytest.raises(RefusedError, match="不能删除"):
        delete([make_source(state=State.REVIEW)], by=root.user)

    assert Source.objects.count() == 1


def test_what_keeps_a_used_photo_is_named_where_it_may_be_seen(editor, qijiang, xiushan):
    photo = make_photo(region=qijiang)
    for region, title in ((qijiang, "自己的政策"), (xiushan, "秘密政策"), (xiushan, "另一份秘密")):
        PhotoUse.objects.create(entry=make_policy(region=region, title=title), photo=photo)

    page = editor.get(delete_url(photo))

    assert page.context_data["protected"] == ["政策：自己的政策", "另有 2 条内容引用它"]


def test_who_sees_everything_reads_each_entry_once(root):
    photo, policy = make_photo(), make_policy(title="原文", state=State.PUBLISHED)
    PhotoUse.objects.create(entry=policy, photo=photo)
    open_copy(policy, by=root.user)
    PhotoUse.objects.create(entry=make_story(headline="报道"), photo=photo)

    page = root.get(delete_url(photo))

    assert sorted(page.context_data["protected"]) == ["报道：报道", "政策：原文"]
