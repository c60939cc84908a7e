"""The log: who did what, when, to which entry, from where; nothing more of a person than that takes."""

import datetime
import hashlib

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from portal.publishing.audit import changed, record
from portal.publishing.models import AuditEntry, ContentState
from portal.publishing.site_settings import save_site_settings, stored_settings
from portal.staff.models import Role, RoleGrant, User
from portal.staff.origin import Origin, origin
from tests.factories import make_region
from tests.trail.records import bare_story

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"


@pytest.fixture
def li():
    return User.objects.create_user("li", "li@example.org", "correct horse", display_name="李编辑", is_staff=True)


@pytest.fixture
def log(li):
    """The rows written after the account was made."""
    made = AuditEntry.objects.order_by("-number").first().number
    return lambda: AuditEntry.objects.filter(number__gt=made).order_by("number")


def test_a_row_says_who_what_when_and_where_from(li, log):
    story = bare_story(headline="报道")
    token = origin.set(Origin("a" * 32, "203.0.113.9", li))
    try:
        record("saved", story, by=li, before={"headline": "旧"}, after={"headline": "报道"}, reason="更正")
    finally:
        origin.reset(token)

    row = log().get()
    assert abs((timezone.now() - row.at).total_seconds()) < 60
    assert (row.actor_id, row.actor_name, row.action, row.reason) == (li.pk, "李编辑", "saved", "更正")
    assert (row.entry_type, row.entry_uuid, row.entry_id) == ("regions.story", story.uuid, story.pk)
    assert (row.entry_title, row.region_id) == (str(story), story.region_id)
    assert (row.before, row.after) == ({"headline": "旧"}, {"headline": "报道"})
    assert (row.request_id, row.address) == ("a" * 32, "203.0.113.9")


def test_rows_are_numbered_and_chained_across_entries(log):
    first = record("saved", bare_story(), by=None)
    second = record("exported", by=None)

    assert (second.number, second.previous_sha256) == (first.number + 1, first.sha256)
    assert [row.sha256 for row in log()] == [first.sha256, second.sha256]
    assert ContentState.objects.values_list("audit_number", "audit_sha256").get() == (second.number, second.sha256)


def test_a_row_goes_with_the_transaction_it_tells_of(log):
    with transaction.atomic():
        record("saved", bare_story(), by=None)
        transaction.set_rollback(True)

    assert not log().exists()
    assert record("exported", by=None).number == ContentState.objects.get().audit_number


@pytest.mark.parametrize("rows", [1, 3])
def test_a_row_costs_two_queries(django_assert_num_queries, rows, li):
    for _number in range(rows):
        record("exported", by=li)

    with django_assert_num_queries(2):
        record("exported", by=li, before={"a": 1}, after={"a": 2})


def test_a_region_is_its_own_region():
    region = make_region("qijiang")

    assert record("saved", region, by=None).region_id == region.pk


def test_long_values_are_cut_and_known_by_their_hash():
    text = "正文" * 200

    row = record("saved", by=None, before={"body": text, "list": ["甲"], "number": 3, "none": None}, after={"body": ["长" * 400]})

    assert row.before == {
        "body": f"{text[:300]}… sha256:{hashlib.sha256(text.encode()).hexdigest()}",
        "list": ["甲"],
        "number": 3,
        "none": None,
    }
    assert row.after["body"].startswith('["长长')
    assert len(row.after["body"]) == 300 + len("… sha256:") + 64


def test_only_what_differs_is_kept():
    assert changed({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 5, "d": 4}) == (
        {"b": 2, "c": 3, "d": None},
        {"b": 5, "c": None, "d": 4},
    )


def test_signing_in_and_out_is_recorded_with_the_address(li, log):
    client = Client(REMOTE_ADDR="203.0.113.9")

    client.post(LOGIN, {"username": "li", "password": "correct horse"})
    client.post("/admin/logout/")

    assert list(log().values_list("action", "actor_name", "address")) == [
        ("signed_in", "李编辑", "203.0.113.9"),
        ("signed_out", "李编辑", "203.0.113.9"),
    ]
    assert all(len(row.request_id) == 32 for row in log())


def test_a_failed_sign_in_keeps_an_account_but_not_what_was_typed(li, log):
    client = Client(REMOTE_ADDR="198.51.100.7")

    client.post(LOGIN, {"username": "li", "password": "wrong"})
    client.post(LOGIN, {"username": "my-secret-password", "password": "x"})
    client.post(LOGIN, {"username": "my-secret-password", "password": "y"})

    known, unknown, again = log()
    assert (known.action, known.entry_title, known.actor_name, known.after) == ("sign_in_failed", "李编辑", "系统", {})
    assert unknown.entry_title == ""
    assert list(unknown.after) == ["name"]
    assert unknown.after == again.after
    kept = [str(value) for row in log().values() for value in row.values()]
    assert not [value for value in kept if "secret" in value or "wrong" in value or "@" in value]


def test_one_address_does_not_fill_the_log(li, log):
    for number in range(40):
        Client(REMOTE_ADDR="198.51.100.77").post(LOGIN, {"username": f"name{number}", "password": "x"})

    assert log().count() == 30


def test_accounts_are_followed_without_address_and_password(li, log):
    li.display_name, li.is_active, li.email = "李某", False, "other@example.org"
    li.set_password("another horse")
    li.save()
    li.delete()

    assert list(log().values_list("action", "entry_type", "entry_title")) == [
        ("account_closed", "staff.user", "李某"),
        ("password_set", "staff.user", "李某"),
        ("account_deleted", "staff.user", "李某"),
    ]
    closed = log().first()
    assert closed.before == {"display_name": "李编辑", "is_active": True}
    assert closed.after == {"display_name": "李某", "is_active": False}


def test_a_save_that_changes_nothing_followed_writes_nothing(li, log):
    li.save()
    li.save(update_fields=["last_login"])
    li.email = "other@example.org"
    li.save()

    assert not log().exists()


def test_the_person_at_work_is_named_for_accounts(li, log):
    root = User.objects.create_superuser("root", "", "secret", display_name="管理员")
    client = Client()
    client.force_login(root)
    page = f"/admin/staff/user/{li.pk}/password/"

    client.post(page, {"usable_password": "true", "password1": "another-horse-9", "password2": "another-horse-9"})

    row = log().order_by("-number").first()
    assert (row.action, row.actor_name, row.entry_title) == ("password_set", "管理员", "李编辑")


def test_site_settings_tell_what_changed(li, log):
    row = stored_settings()
    row.name = "綦江人才"
    save_site_settings(row, by=li, expected_version=row.version)

    told = log().get()
    assert (told.action, told.actor_name, told.before, told.after) == (
        "settings_saved", "李编辑", {"name": ""}, {"name": "綦江人才"},
    )  # fmt: skip


def test_roles_are_followed(li, log):
    qijiang = make_region("qijiang")
    start = AuditEntry.objects.order_by("-number").first().number
    given = RoleGrant.objects.create(user=li, role=Role.EDITOR, region=qijiang)
    given.until = datetime.date(2027, 1, 31)
    given.save()
    given.save()
    given.delete()

    rows = AuditEntry.objects.filter(number__gt=start).order_by("number")
    assert list(rows.values_list("action", "entry_type", "entry_title")) == [
        ("role_given", "staff.user", "李编辑"),
        ("role_changed", "staff.user", "李编辑"),
        ("role_taken", "staff.user", "李编辑"),
    ]
    role = {"role": "editor", "region": qijiang.pk, "until": None}
    assert [(row.before, row.after) for row in rows] == [
        ({}, role),
        ({"until": None}, {"until": "2027-01-31"}),
        (role | {"until": "2027-01-31"}, {}),
    ]


def test_a_deleted_account_takes_its_roles_along_in_the_log(li, log):
    RoleGrant.objects.create(user=li, role=Role.AUDITOR)

    li.delete()

    assert list(log().values_list("action", flat=True)) == ["role_given", "role_taken", "account_deleted"]
