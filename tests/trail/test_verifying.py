"""What was changed behind the portal's back is found: every column of every guarded row, and rows that are gone."""

import contextlib
import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from portal.publishing.append_only import drop_triggers, installed_triggers
from portal.publishing.audit import record
from portal.publishing.editions import erase_payload, write_edition, write_save
from portal.publishing.models import AuditEntry, ContentState, Edition
from portal.staff.models import User
from tests.trail.records import bare_policy, bare_story, unguarded

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 3, 1, 9, 30, tzinfo=datetime.UTC)
OTHER = {
    "BigIntegerField": 999,
    "PositiveIntegerField": 7,
    "DateTimeField": "2001-01-01 00:00:00+00:00",
    "UUIDField": "00000000000040008000000000000000",
}


@pytest.fixture
def trail():
    """Three publications of a story, the second of them erased, one of a policy, a save."""
    story, policy = bare_story(), bare_policy()
    editions = []
    for entry, title in ((story, "甲"), (story, "乙"), (story, "丙"), (policy, "丁")):
        edition = write_edition(entry, {"columns": {"title": title}}, by=None, reason="发布", kind="published", at=NOW)
        record(
            "published", entry, by=None, before={"state": "draft"}, after={"state": "published"}, reason="发布", edition=edition
        )
        editions.append(edition)
    erase_payload(editions[1], by=None, reason="含个人信息")
    write_save(story, {"columns": {"title": "戊"}}, by=None, at=NOW)
    return editions


def findings(*options):
    """The lines of a run; a whole trail has its counts."""
    out = io.StringIO()
    with contextlib.suppress(CommandError):
        call_command("verify_audit", *options, stdout=out)
    return out.getvalue().splitlines()


def test_a_whole_trail_is_counted_and_its_head_printed(trail):
    last = AuditEntry.objects.order_by("-number").first()

    assert findings() == [
        f"whole 完整: 4 publications 发布版本, 1 saves 保存记录, {last.number} log 审计记录",
        f"head 末条: {last.number}:{last.sha256}",
    ]


def test_an_empty_trail_is_whole():
    assert findings() == ["whole 完整: 0 publications 发布版本, 0 saves 保存记录, 0 log 审计记录"]


EDITION_COLUMNS = [one for one in Edition._meta.concrete_fields if not one.primary_key]
LOG_COLUMNS = list(AuditEntry._meta.concrete_fields)


@pytest.mark.parametrize("position", [0, 1, 2, 3])
@pytest.mark.parametrize("column", EDITION_COLUMNS, ids=lambda one: one.name)
def test_every_changed_column_of_a_publication_is_found(trail, column, position):
    edition = trail[position]
    _tamper(Edition, column, "id", edition.pk)

    assert [line for line in findings() if not line.startswith("whole")]


@pytest.mark.parametrize("which", ["first", "last"])
@pytest.mark.parametrize("column", LOG_COLUMNS, ids=lambda one: one.name)
def test_every_changed_column_of_the_log_is_found(trail, column, which):
    row = getattr(AuditEntry.objects.order_by("number"), which)()
    _tamper(AuditEntry, column, "number", row.pk)

    assert any(line.startswith("publishing_auditentry") for line in findings())


def _tamper(model, column, key, value):
    """Write another value of the column's type."""
    stored = model.objects.filter(pk=value).values_list(column.attname, flat=True).get()
    kind = column.get_internal_type()
    other = OTHER.get(kind, "别的")
    if kind == "ForeignKey":
        User.objects.bulk_create([User(username="other")])
        other = User.objects.get(username="other").pk
    elif column.name in {"payload", "before", "after"}:
        other = '{"columns":{"title":"改"}}'
    elif column.name == "erased_at" and stored is not None:
        other = None
    statement = f'UPDATE {model._meta.db_table} SET "{column.column}" = %s WHERE "{key}" = %s'  # noqa: S608 -- names of our columns
    unguarded(statement, [other, value])


@pytest.mark.parametrize("position", [0, 1, 2, 3])
def test_a_missing_publication_is_found(trail, position):
    unguarded("DELETE FROM publishing_edition WHERE id = %s", [trail[position].pk])

    assert any(f"the publication {trail[position].sha256[:12]}… that row" in line for line in findings())


def test_a_publication_that_nobody_recorded_is_found(trail):
    forged = write_edition(bare_story(), {"columns": {}}, by=None, reason="", kind="published", at=NOW)

    assert findings() == [f"publishing_edition {forged.pk}: the log does not know this publication"]


def test_a_changed_save_is_found_and_the_exit_code_says_so(trail):
    save = Edition.objects.get(number=None)
    unguarded("UPDATE publishing_edition SET payload = '{}' WHERE id = %s", [save.pk])

    with pytest.raises(CommandError, match="1 findings") as stopped:
        call_command("verify_audit", stdout=io.StringIO())
    assert stopped.value.returncode == 1
    assert findings() == [f"publishing_edition {save.pk}: the payload was changed"]


@pytest.mark.parametrize("number", [1, 2, 5])
def test_a_missing_row_of_the_log_is_found(trail, number):
    first = AuditEntry.objects.order_by("number").first().number
    unguarded("DELETE FROM publishing_auditentry WHERE number = %s", [first + number - 1])

    assert any(line.startswith("publishing_auditentry") for line in findings())


def test_a_log_that_was_cut_and_mended_is_found_by_what_was_written_down(trail):
    last = AuditEntry.objects.order_by("-number").first()
    head = f"{last.number}:{last.sha256}"
    extra = record("exported", by=None)
    assert findings("--head", head)[0].startswith("whole")

    unguarded("DELETE FROM publishing_auditentry WHERE number >= %s", [last.number])
    before = AuditEntry.objects.order_by("-number").first()
    ContentState.objects.update(audit_number=before.number, audit_sha256=before.sha256)
    record("exported", by=None)

    assert f"publishing_auditentry {last.number}: is not the row that was written down" in findings("--head", head)
    assert extra.number == last.number + 1


def test_a_missing_guard_is_found(trail):
    drop_triggers("default", [name for name in installed_triggers("default") if "edition_delete" in name])

    assert findings() == ["publishing_edition -: nothing guards DELETE; run manage.py migrate"]


@pytest.mark.parametrize("text", ["x", "1", "1:short", "a:" + "0" * 64])
def test_a_head_that_is_none_is_refused(text):
    with pytest.raises(CommandError):
        call_command("verify_audit", "--head", text)


def test_values_of_no_type_are_findings_not_faults(trail):
    """SQLite takes any text; PostgreSQL refuses it, so there the values are merely wrong."""
    wrong = ("not a day", "nobody") if connection.vendor == "sqlite" else ("2001-01-01", OTHER["UUIDField"])
    unguarded("UPDATE publishing_edition SET created_at = %s, entry_uuid = %s WHERE id = %s", [*wrong, trail[3].pk])

    assert f"publishing_edition {trail[3].pk}: the row was changed" in findings()
