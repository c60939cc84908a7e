"""Taking an older text up again: exactly that text, as a draft, or nothing at all."""

import pytest

from portal.publishing.aggregate import canonical, snapshot
from portal.publishing.editions import erase_payload, history
from portal.publishing.models import AuditEntry, Change, Edition, State
from portal.publishing.restoring import RestoreError, restore
from regions.models import Story
from tests.admin.browser import Browser, make_editor, messages_of
from tests.factories import make_policy, make_region, make_story, make_topic
from tests.trail.test_history_page import page, saved

pytestmark = pytest.mark.django_db


def everything(row):
    fresh = type(row)._base_manager.get(pk=row.pk)
    return canonical(snapshot(fresh)), fresh.version, fresh.state


def counts():
    return AuditEntry.objects.count(), Edition.objects.count(), Change.objects.count()


@pytest.mark.parametrize("nth", [0, 7, 49])
def test_any_of_fifty_saves_comes_back_to_the_byte(root, nth):
    policy = make_policy(state=State.DRAFT)
    texts = []
    for number in range(50):
        saved(policy, root.user, title=f"办法第{number}稿", summary="改。" * (number + 1))
        texts.append(canonical(snapshot(policy)))

    edition = list(history(policy))[49 - nth]
    row = restore(policy, edition, by=root.user)

    assert row.pk == policy.pk
    assert everything(row)[0] == texts[nth] == edition.payload
    assert AuditEntry.objects.order_by("-number").first().action == "restored"


def test_a_live_entry_gets_a_working_copy_and_stays_as_it_is(root):
    story = make_story(headline="第一版")
    saved(story, root.user, headline="第二版")
    first = history(story).last()
    before = everything(story)

    answer = root.send(page(story, "restore", first.pk), {"version": Story.objects.get(pk=story.pk).version})

    copy = type(story)._base_manager.get(copy_of=story)
    assert answer.headers["Location"] == page(copy, "change")
    assert messages_of(answer) == ["已把旧版本恢复为草稿，请核对后再提交审核。"]
    assert (copy.headline, copy.state, copy.slug) == ("第一版", "draft", story.slug)
    assert everything(story) == before


def test_an_open_copy_is_not_overwritten(root):
    story = make_story(headline="第一版")
    first = history(story).last()
    restore(story, first, by=root.user)
    before = counts()

    with pytest.raises(RestoreError, match="已有修改稿"):
        restore(story, first, by=root.user)
    assert counts() == before


@pytest.mark.parametrize("state", [State.REVIEW, State.APPROVED])
def test_what_is_locked_is_not_overwritten(root, state):
    story = make_story(state=State.DRAFT)
    saved(story, root.user, state=state, headline="送审")
    before = everything(story), counts()

    with pytest.raises(RestoreError, match="取回以后"):
        restore(story, history(story).last(), by=root.user)
    assert (everything(story), counts()) == before


def test_an_older_text_takes_neither_address_nor_owner_back(root):
    story = make_story(state=State.DRAFT, slug="old-name", headline="第一稿")
    first = history(story).last()
    xiushan = make_region("xiushan")
    saved(story, root.user, slug="new-name", region=xiushan, headline="第二稿")

    row = restore(story, first, by=root.user)

    stored = type(story)._base_manager.get(pk=row.pk)
    assert (stored.slug, stored.region, stored.headline) == ("new-name", xiushan, "第一稿")


def test_what_it_points_to_and_is_gone_is_named(root):
    topic = make_topic(name="住房", state=State.DRAFT)
    story = make_story(state=State.DRAFT)
    story.topics.add(topic)
    saved(story, root.user, headline="有主题")
    edition = history(story).first()
    story.topics.clear()
    saved(story, root.user, headline="没有主题")
    identity = topic.uuid
    topic.delete()
    before = everything(story), counts()

    answer = root.send(page(story, "restore", edition.pk), {"version": Story.objects.get(pk=story.pk).version})

    assert answer.headers["Location"] == page(story)
    assert [str(identity) in text for text in messages_of(answer)] == [True]
    assert (everything(story), counts()) == before


def test_what_no_longer_passes_the_form_is_told_and_not_written(root):
    story = make_story(state=State.DRAFT, headline="第一稿", body="见{{figure:gone-figure}}")
    edition = history(story).last()
    saved(story, root.user, body="没有了")
    before = everything(story), counts()

    with pytest.raises(RestoreError, match=r"没有恢复：正文：.*gone-figure"):
        restore(story, edition, by=root.user)
    assert (everything(story), counts()) == before


def test_an_erased_text_does_not_come_back(root):
    story = make_story(state=State.DRAFT)
    saved(story, root.user, headline="第二稿")
    edition = history(story).last()
    erase_payload(edition, by=root.user, reason="含个人信息")
    before = counts()

    answer = root.send(page(story, "restore", edition.pk), {"version": Story.objects.get(pk=story.pk).version})

    assert messages_of(answer) == ["这一版的内容已经清除，不能恢复。"]
    assert counts() == before


def test_restoring_is_a_button_and_asks_for_the_right_to_edit(root):
    story = make_story(state=State.DRAFT)
    edition = history(story).last()
    stranger = Browser(make_editor(make_region("xiushan"), "stranger"))

    assert root.get(page(story, "restore", edition.pk)).status_code == 405
    assert stranger.send(page(story, "restore", edition.pk), {}).status_code == 404
    assert root.send(page(story, "restore", 999999), {}).status_code == 404


def test_a_page_opened_before_somebody_saved_restores_nothing(root):
    story = make_story(headline="人才公寓开放", state=State.DRAFT)
    edition = saved(story, root.user, headline="人才公寓开放了")
    seen = story.version
    saved(story, root.user, headline="别人刚写的标题")

    for version in (seen, "", "x"):
        answer = root.client.post(page(story, "restore", edition.pk), {"version": version}, follow=True)
        assert "您的修改没有保存" in answer.content.decode()

    assert Story.objects.values_list("headline", flat=True).get() == "别人刚写的标题"
