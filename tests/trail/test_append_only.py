"""The database refuses to change or delete what was recorded, whoever asks."""

import datetime
from functools import partial
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models.signals import pre_migrate
from django.utils import timezone

from portal.publishing.append_only import drop_triggers, install_triggers, installed_triggers, missing_triggers
from portal.publishing.audit import record
from portal.publishing.editions import erase_payload, write_edition, write_save
from portal.publishing.models import AuditEntry, ContentState, Edition
from portal.publishing.models.submission import Submission, SubmissionItem
from portal.publishing.trail_check import triggers_are_there
from tests.admin.browser import make_person
from tests.factories import make_region
from tests.trail.records import bare_story

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 3, 1, 9, 30, tzinfo=datetime.UTC)
GUARDS = [
    "publishing_auditentry DELETE",
    "publishing_auditentry INSERT",
    "publishing_auditentry UPDATE",
    "publishing_edition DELETE",
    "publishing_edition UPDATE",
    "publishing_review DELETE",
    "publishing_review UPDATE",
    "publishing_submissionitem DELETE",
    "publishing_submissionitem UPDATE",
]


@pytest.fixture
def edition():
    return write_edition(bare_story(), {"columns": {"headline": "甲"}}, by=None, reason="", kind="published", at=NOW)


@pytest.fixture
def save():
    return write_save(bare_story(), {"columns": {"headline": "甲"}}, by=None, at=NOW)


def refused(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change()
    return True


OTHER = {
    "entry_type": "policies.policy", "entry_uuid": "0" * 8 + "-0000-4000-8000-" + "0" * 12, "entry_id": 999, "number": 7,
    "created_at": NOW + datetime.timedelta(days=1), "actor_name": "别人", "reason": "别的", "kind": "imported", "payload": "{}",
    "payload_sha256": "0" * 64, "previous_sha256": "0" * 64, "sha256": "0" * 64, "digest": "0" * 64, "erased_at": NOW,
    "erased_by_name": "别人", "erased_reason": "别的",
}  # fmt: skip


@pytest.mark.parametrize("column", OTHER)
def test_no_column_of_a_publication_changes(edition, column):
    rows = Edition.objects.filter(pk=edition.pk)
    stored = rows.values().get()

    assert refused(lambda: rows.update(**{column: OTHER[column]}))
    assert rows.values().get() == stored


def test_a_publication_is_not_deleted_and_a_save_is(edition, save):
    assert refused(lambda: Edition.objects.filter(pk=edition.pk).delete())
    Edition.objects.filter(pk=save.pk).delete()

    assert list(Edition.objects.all()) == [edition]


def test_a_save_does_not_become_a_publication(save):
    assert refused(lambda: Edition.objects.filter(pk=save.pk).update(number=1))


@pytest.mark.parametrize("left_out", ["payload", "erased_at", "erased_by_name", "erased_reason"])
def test_erasing_needs_everything_it_says(edition, left_out):
    values = {"payload": "", "erased_at": NOW, "erased_by_name": "管理员", "erased_reason": "含个人信息"}
    del values[left_out]

    assert refused(lambda: Edition.objects.filter(pk=edition.pk).update(**values))


@pytest.mark.parametrize("column", ["payload", "erased_at", "erased_by_name", "erased_reason"])
def test_an_erased_payload_is_not_written_again(edition, column):
    erase_payload(edition, by=None, reason="含个人信息")

    assert refused(lambda: Edition.objects.filter(pk=edition.pk).update(**{column: OTHER[column]}))
    assert refused(lambda: Edition.objects.filter(pk=edition.pk).update(erased_at=None))


@pytest.mark.parametrize("column", [one.name for one in AuditEntry._meta.concrete_fields])
def test_no_column_of_the_log_changes(column):
    row = record("exported", bare_story(), by=None, before={"a": 1}, after={"a": 2}, reason="核对")
    field = AuditEntry._meta.get_field(column)
    other = {"BigIntegerField": 77, "DateTimeField": NOW, "UUIDField": OTHER["entry_uuid"]}.get(field.get_internal_type(), "别的")

    assert refused(lambda: AuditEntry.objects.filter(pk=row.pk).update(**{column: other}))


@pytest.mark.parametrize(("days", "is_kept"), [(179, True), (181, False)])
def test_the_log_is_deleted_only_beyond_half_a_year(days, is_kept):
    row = AuditEntry(number=1, at=timezone.now() - datetime.timedelta(days=days), action="exported", sha256="0" * 64)
    row.before = row.after = {}
    row.save(force_insert=True)

    assert is_kept is (refused(AuditEntry.objects.all().delete) if is_kept else bool(AuditEntry.objects.all().delete()[0] == 0))
    assert AuditEntry.objects.exists() is is_kept


@pytest.fixture
def item():
    """What became of one entry that was handed in and returned."""
    author = make_person("author")
    submission = Submission.objects.create(title="数据", created_by=author)
    return SubmissionItem.objects.create(
        submission=submission, entry_type="regions.story", entry_id=41, entry_uuid=uuid4(), title="报道",
        region=make_region("qijiang"), digest="a" * 64, steps=1, last_reviewer=author,
    )  # fmt: skip


def test_the_decision_on_an_entry_is_final(item):
    rows = SubmissionItem.objects.filter(pk=item.pk)
    for change in ({"authors": {"keys": []}}, {"steps": 3}, {"entry_id": 42}):
        assert refused(partial(rows.update, **change))

    rows.update(state="approved", passed=1)
    rows.update(state="returned", passed=0)

    for change in ({"state": "approved"}, {"passed": 1}, {"digest": "b" * 64}):
        assert refused(partial(rows.update, **change))
    assert refused(rows.delete)
    assert rows.values_list("state", "passed").get() == ("returned", 0)
    rows.update(last_reviewer=None)


def test_every_guard_is_there_and_a_missing_one_is_named():
    assert sorted(installed_triggers("default").values()) == sorted(guard.split()[0] for guard in GUARDS)
    assert missing_triggers() == []

    gone = [name for name in installed_triggers("default") if "edition_update" in name]
    drop_triggers("default", gone)

    assert missing_triggers() == ["publishing_edition UPDATE"]
    assert [one.msg for one in triggers_are_there(["default"])] == [
        "Nothing guards publishing_edition UPDATE in the database 'default'."
    ]


def test_guards_come_back_once_with_a_migrate():
    before = installed_triggers("default")
    drop_triggers("default", list(before))

    call_command("migrate", verbosity=0, skip_checks=True)
    assert installed_triggers("default") == before
    install_triggers()
    assert installed_triggers("default") == before


def test_a_guard_of_an_older_release_is_replaced():
    if connection.vendor == "sqlite":
        old = 'CREATE TRIGGER "trail_old" BEFORE DELETE ON publishing_edition BEGIN SELECT 1; END'
    else:
        old = (
            "CREATE FUNCTION trail_old() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$;"
            "CREATE TRIGGER trail_old BEFORE DELETE ON publishing_edition FOR EACH ROW EXECUTE FUNCTION trail_old()"
        )
    with connection.cursor() as cursor:
        cursor.execute(old)
    assert "trail_old" in installed_triggers("default")

    install_triggers()
    assert "trail_old" not in installed_triggers("default")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [Edition, AuditEntry, ContentState])
def test_a_table_that_is_made_again_is_guarded_again(model):
    """Each ends by emptying the tables, after which the guards must be there as before."""
    assert missing_triggers() == []
    before = installed_triggers("default")
    record("exported", by=None)
    column = model._meta.get_field("audit_sha256" if model is ContentState else "sha256")
    longer = column.clone()
    longer.max_length, longer.model = 65, model
    longer.set_attributes_from_name(column.name)

    pre_migrate.send(apps.get_app_config("publishing"), using="default", plan=[("a migration", False)])
    for old, new in ((column, longer), (longer, column)):
        with connection.schema_editor() as editor:
            editor.alter_field(model, old, new)
    call_command("migrate", verbosity=0, skip_checks=True)

    assert installed_triggers("default") == before
    assert record("exported", by=None).number == 2
    assert refused(AuditEntry.objects.all().delete)


def test_readiness_says_that_a_guard_is_missing_and_serves_on(client):
    drop_triggers("default", [sorted(installed_triggers("default"))[0]])
    bare = client.get("/readyz")
    install_triggers("default")
    guarded = client.get("/readyz")

    assert (bare.status_code, bare.content) == (200, b"ok\nunguarded\n")
    assert (guarded.status_code, guarded.content) == (200, b"ok\n")
