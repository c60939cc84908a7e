"""An administrator takes the text of a publication out of the history, with a reason; nobody else, and nothing readers read now."""

import pytest
from django.core.management import call_command

from portal.publishing.lifecycle import finish_entry, save_entry
from portal.publishing.models import AuditEntry, Edition, State
from tests.admin.browser import Browser, make_editor, messages_of
from tests.factories import make_story
from tests.trail.test_history_page import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(made_as_drafts):
    """Published twice; the first text tells of a person."""
    story = make_story(headline="张三的故事", state=State.PUBLISHED)
    story.headline = "一个人的故事"
    save_entry(story, by=None)
    finish_entry(story)
    return story


@pytest.fixture
def editions(story):
    return list(Edition.objects.of(story).numbered().order_by("number"))


def test_the_text_is_gone_and_who_and_why_stay(root, story, editions):
    link = page(story, "erase", editions[0].pk)
    shown = root.get(page(story)).content.decode()
    asked = root.get(link).content.decode()

    done = root.send(link, {"reason": "本人要求删除"})

    erased, kept = Edition.objects.of(story).numbered().order_by("number")
    assert (f'href="{link}"' in shown, "第 1 版的全部文字将永久清除" in asked) == (True, True)
    assert (done.status_code, messages_of(done)) == (302, ["已清除第 1 版的内容。"])
    assert (erased.payload, erased.erased_by_name, erased.erased_reason) == ("", "管理员", "本人要求删除")
    assert kept.content["columns"]["headline"] == "一个人的故事"
    row = AuditEntry.objects.get(action=AuditEntry.Action.ERASED)
    assert (row.actor_name, row.reason, row.entry_uuid) == ("管理员", "本人要求删除", story.uuid)
    call_command("verify_audit")
    assert (link in root.get(page(story)).content.decode(), root.get(link).status_code) == (False, 404)


@pytest.mark.parametrize("reason", [None, "", "  ", "。。", "长" * 501, "本人\x00要求"])
def test_without_a_reason_nothing_is_erased(root, story, editions, reason):
    answer = root.send(page(story, "erase", editions[0].pk), {"reason": reason})

    assert (answer.status_code, Edition.objects.filter(erased_at__isnull=False).count()) == (400, 0)


def test_what_readers_read_now_is_corrected_or_withdrawn_first(root, story, editions):
    link = page(story, "erase", editions[1].pk)

    refused = root.send(link, {"reason": "本人要求删除"})

    assert messages_of(refused) == ["第 2 版就是读者现在看到的内容。请先更正或撤回，再清除。"]
    assert not Edition.objects.filter(erased_at__isnull=False).exists()
    story.state, story.withdrawn_reason = State.WITHDRAWN, "含个人信息"
    story.save()
    assert messages_of(root.send(link, {"reason": "本人要求删除"}))[-1] == "已清除第 2 版的内容。"


def test_nobody_else_is_offered_or_let(story, editions):
    publisher, link = Browser(make_editor(name="publisher")), page(story, "erase", editions[0].pk)

    answers = publisher.get(link), publisher.send(link, {"reason": "本人要求删除"})

    assert [answer.status_code for answer in answers] == [403, 403]
    assert link not in publisher.get(page(story)).content.decode()
    assert not Edition.objects.filter(erased_at__isnull=False).exists()


def test_a_save_or_another_entrys_edition_has_no_such_page(root, story, editions):
    other = make_story(state=State.DRAFT)
    save = Edition.objects.of(other).first()

    assert [root.get(page(other, "erase", key)).status_code for key in (save.pk, editions[0].pk)] == [404, 404]
