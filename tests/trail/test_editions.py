"""Saves and publications: what they keep, how they are chained, what they cost."""

import datetime
import hashlib
import json

import pytest

from portal.publishing.editions import erase_payload, history, prune_saves, write_edition, write_save
from portal.publishing.models import AuditEntry, Edition
from portal.staff.models import User
from tests.trail.records import bare_policy, bare_story

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 3, 1, 9, 30, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


def published(entry, headline, at=NOW, by=None):
    return write_edition(entry, {"columns": {"headline": headline}}, by=by, reason="按程序发布", kind="published", at=at)


def test_publications_of_an_entry_are_numbered_and_chained():
    story, other = bare_story(), bare_policy()
    editor = User.objects.create_user("li", "li@example.org", "secret", display_name="李编辑")

    first, second = published(story, "甲", by=editor), published(story, "乙", NOW + DAY)
    elsewhere = published(other, "丙")

    assert [(one.number, one.previous_sha256) for one in (first, second, elsewhere)] == [(1, ""), (2, first.sha256), (1, "")]
    kept = Edition.objects.get(pk=first.pk)
    payload = '{"columns":{"headline":"甲"}}'
    assert kept.payload == payload
    assert kept.payload_sha256 == kept.digest == hashlib.sha256(payload.encode()).hexdigest()
    assert kept.sha256 == kept.chained_sha256()
    assert (kept.entry_type, kept.entry_uuid, kept.entry_id) == ("regions.story", story.uuid, story.pk)
    assert (kept.actor, kept.actor_name, kept.reason, kept.kind) == (editor, "李编辑", "按程序发布", "published")
    assert Edition.objects.get(pk=second.pk).actor_name == "系统"


def test_the_hash_is_the_documented_one():
    edition = published(bare_story(), "甲")

    parts = [
        "", "regions.story", str(edition.entry_uuid), edition.entry_id, 1, None, "系统", "按程序发布", "published",
        "2026-03-01T09:30:00.000000+00:00", edition.payload_sha256, edition.digest,
    ]  # fmt: skip
    assert edition.sha256 == hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


@pytest.mark.parametrize("rows", [1, 3])
def test_what_writing_costs(django_assert_num_queries, rows):
    story = bare_story()
    for number in range(rows):
        published(story, str(number))

    with django_assert_num_queries(1):
        write_save(story, {"columns": {}}, by=None, at=NOW)
    with django_assert_num_queries(2):
        published(story, "又")


def test_saves_stand_outside_the_chain_and_go_with_time():
    story = bare_story()
    first = published(story, "甲", NOW - 3 * DAY)
    write_save(story, {"columns": {"headline": "旧稿"}}, by=None, at=NOW - 2 * DAY)
    fresh = write_save(story, {"columns": {"headline": "新稿"}}, by=None, at=NOW)
    second = published(story, "乙", NOW + DAY)

    assert second.previous_sha256 == first.sha256
    assert (fresh.number, fresh.sha256, fresh.previous_sha256) == (None, "", "")
    assert prune_saves(NOW) == 1
    assert list(history(story)) == [second, fresh, first]


def test_erasing_takes_the_text_and_leaves_the_chain():
    story = bare_story()
    first, second = published(story, "张三的电话"), published(story, "乙", NOW + DAY)
    admin = User.objects.create_superuser("root", "", "secret", display_name="管理员")

    erase_payload(first, by=admin, reason="含个人电话")

    kept = Edition.objects.get(pk=first.pk)
    log = AuditEntry.objects.get(action="erased")
    assert (kept.payload, kept.content, kept.sha256) == ("", {}, first.chained_sha256())
    assert (kept.erased_at, kept.erased_by_name, kept.erased_reason) == (log.at, "管理员", "含个人电话")
    assert (log.actor_name, log.reason, log.edition_sha256, log.entry_uuid) == ("管理员", "含个人电话", first.sha256, story.uuid)
    assert Edition.objects.get(pk=second.pk).previous_sha256 == kept.sha256


@pytest.mark.parametrize("reason", ["", "  "])
def test_erasing_without_a_reason_or_twice_writes_nothing(reason):
    edition = published(bare_story(), "甲")

    with pytest.raises(ValueError, match="请写明清除的理由"):
        erase_payload(edition, by=None, reason=reason)
    assert Edition.objects.get(pk=edition.pk).payload != ""
    assert not AuditEntry.objects.exists()

    erase_payload(edition, by=None, reason="含个人信息")
    with pytest.raises(ValueError, match="已经清除过"):
        erase_payload(edition, by=None, reason="再来一次")
    assert AuditEntry.objects.count() == 1
