"""What is thrown away, what is not, and that the trail stays whole."""

import datetime
import io

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.publishing.audit import record
from portal.publishing.editions import write_edition, write_save
from portal.publishing.models import AuditEntry, Edition, PreviewLink
from portal.publishing.pruning import prune_links, prune_log
from portal.staff.models import User
from tests.trail.records import bare_story

pytestmark = pytest.mark.django_db


def days_ago(days):
    return timezone.now() - datetime.timedelta(days=days)


def run(command, *options):
    out = io.StringIO()
    call_command(command, *options, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def trail():
    """A publication with its row of the log, 400, 200 and 1 days ago; a save 100 and 1 days ago."""
    story = bare_story()
    for days in (400, 200, 1):
        with time_machine.travel(days_ago(days), tick=False):
            edition = write_edition(story, {"days": days}, by=None, reason="", kind="published", at=timezone.now())
            record("published", story, by=None, edition=edition)
    for days in (100, 1):
        write_save(story, {"days": days}, by=None, at=days_ago(days))
    return story


def test_old_saves_and_rows_of_the_log_go_and_publications_stay(trail):
    assert run("prune_trail") == ["deleted 已清理: 1 saves 保存记录, 1 log 审计记录, 0 preview links 预览链接"]

    assert list(Edition.objects.order_by("pk").values_list("number", flat=True)) == [1, 2, 3, None]
    assert list(AuditEntry.objects.order_by("number").values_list("number", "action")) == [
        (2, "published"), (3, "published"), (4, "pruned"),
    ]  # fmt: skip
    assert run("verify_audit")[0] == "whole 完整: 3 publications 发布版本, 1 saves 保存记录, 3 log 审计记录"
    assert run("prune_trail") == ["deleted 已清理: 0 saves 保存记录, 0 log 审计记录, 0 preview links 预览链接"]
    assert AuditEntry.objects.count() == 3


def test_pruning_may_be_repeated_as_time_goes(trail):
    prune_log(days_ago(365))
    prune_log(days_ago(181))

    assert list(AuditEntry.objects.order_by("number").values_list("number", flat=True)) == [3, 4, 5]
    assert run("verify_audit")[0].startswith("whole")


def test_what_the_law_keeps_is_not_pruned(trail):
    stored = list(AuditEntry.objects.values())

    with pytest.raises(IntegrityError), transaction.atomic():
        prune_log(days_ago(0))
    assert list(AuditEntry.objects.values()) == stored


def test_a_row_that_is_younger_by_a_turned_clock_keeps_those_after_it():
    for days in (300, 400, 1):
        with time_machine.travel(days_ago(days), tick=False):
            record("exported", by=None)

    assert prune_log(days_ago(365)) == 0
    assert AuditEntry.objects.count() == 3


def test_saves_are_kept_for_as_long_as_asked(trail):
    assert run("prune_trail", "--save-days", "101")[0].startswith("deleted 已清理: 0 saves")
    assert run("prune_trail", "--save-days", "0")[0].startswith("deleted 已清理: 2 saves")
    with pytest.raises(CommandError, match="write 0 or more"):
        run("prune_trail", "--save-days", "-1")


def test_erasing_by_command_names_who_answers_for_it(trail):
    User.objects.create_superuser("root", "", "secret", display_name="管理员")

    assert run("erase_edition", str(trail.uuid), "2", "--by", "root", "--reason", "含个人电话") == [
        f"erased 已清除: regions.story {trail.uuid} 2"
    ]

    kept = Edition.objects.get(number=2)
    assert (kept.payload, kept.erased_by_name, kept.erased_reason) == ("", "管理员", "含个人电话")
    assert run("verify_audit")[0].startswith("whole")


@pytest.mark.parametrize(
    ("number", "by", "reason", "sentence"),
    [
        ("9", "root", "含个人电话", "没有这一版"),
        ("2", "nobody", "含个人电话", "没有这个账号"),
        ("2", "closed", "含个人电话", "没有这个账号"),
        ("2", "root", " ", "请写明清除的理由"),
    ],
)
def test_erasing_wrongly_changes_nothing(trail, number, by, reason, sentence):
    User.objects.create_superuser("root", "", "secret")
    User.objects.create_user("closed", "", "secret", is_active=False)

    with pytest.raises(CommandError, match=sentence):
        run("erase_edition", str(trail.uuid), number, "--by", by, "--reason", reason)
    assert not Edition.objects.filter(payload="").exists()


def test_links_that_expired_long_ago_go():
    story = bare_story()
    ids = {"entry_type": story.type_label(), "entry_id": story.pk, "entry_uuid": story.uuid}
    _old, ended, running = (
        PreviewLink.objects.create(expires_at=moment, **ids) for moment in (days_ago(31), days_ago(29), days_ago(-7))
    )

    assert prune_links(days_ago(30)) == 1
    assert set(PreviewLink.objects.all()) == {ended, running}


def test_tick_throws_away_what_has_had_its_time_once_a_day(trail):
    told = "deleted 已清理: 1 saves 保存记录, 1 log 审计记录, 0 preview links 预览链接, 0 changes 变更"

    assert run("tick") == ["applied 已生效: 0", told]
    assert run("tick") == ["applied 已生效: 0"]
    with time_machine.travel(days_ago(-1), tick=False):
        assert run("tick")[1].startswith("deleted 已清理: 0 saves")
