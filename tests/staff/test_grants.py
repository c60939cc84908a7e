"""Roles are given on the person's page, by somebody else, and there is always a site administrator."""

import datetime

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from portal.staff.models import Role, RoleGrant, User
from tests.admin.browser import Browser, change_url, delete_url, errors_of, grant, list_url, make_person
from tests.factories import make_region
from tests.staff.conftest import PASSWORD

LAST = "这是最后一个能登录的网站管理员，不能停用，也不能取消。请先指定另一位。"


def rows(*roles):
    """The boxes of new rows; each is role, region and last day."""
    data = {"grants-TOTAL_FORMS": str(len(roles)), "grants-INITIAL_FORMS": "0"}
    for number, values in enumerate(roles):
        data |= {f"grants-{number}-{name}": value for name, value in zip(("role", "region", "until"), values, strict=True)}
    return data


def held(user):
    return list(user.grants.order_by("pk").values_list("role", "region__slug", "until", "granted_by__username"))


@pytest.fixture
def wang(db):
    return make_person("wang")


def test_roles_are_given_changed_and_taken(root, wang):
    qijiang, day = make_region("qijiang"), datetime.date(2027, 12, 31)

    given = root.edit(wang, **rows(("editor", qijiang.pk, ""), ("auditor", "", "2027-12-31")))
    after_giving = held(wang)
    root.edit(wang, **{"grants-0-role": "publisher", "grants-1-DELETE": "on"})

    assert given.status_code == 302
    assert after_giving == [("editor", "qijiang", None, "root"), ("auditor", None, day, "root")]
    assert held(wang) == [("publisher", "qijiang", None, "root")]


@pytest.mark.parametrize(
    ("roles", "box", "sentence"),
    [
        ([("auditor", "qijiang", "")], "grants-2-__all__", "审计看全站，不分地区，请把地区留空。"),
        ([("editor", "qijiang", ""), ("editor", "qijiang", "")], "grants-3-role", "同一个角色和地区写了两行，请留一行。"),
        ([("editor", "", ""), ("editor", "", "2030-01-01")], "grants-3-role", "同一个角色和地区写了两行，请留一行。"),
        ([("reviewer", "qijiang", "")], "grants-2-role", "同一个角色和地区写了两行，请留一行。"),
        ([("reviewer", "", "")], "grants-2-role", "同一个角色和地区写了两行，请留一行。"),
    ],
)
def test_what_makes_no_sense_is_a_sentence(root, wang, roles, box, sentence):
    qijiang = make_region("qijiang")
    for region in (qijiang, None):
        grant(wang, Role.REVIEWER, region)
    before = held(wang)
    typed = [(role, qijiang.pk if region else "", until) for role, region, until in roles]
    new = {
        f"grants-{2 + number}-{name}": value
        for number, row in enumerate(typed)
        for name, value in zip(("role", "region", "until"), row, strict=True)
    }

    answer = root.edit(wang, **new, **{"grants-TOTAL_FORMS": str(2 + len(typed))})

    assert errors_of(answer) == {box: [sentence]}
    assert held(wang) == before


@pytest.mark.parametrize("value", ["x", "999999", "\0", "１"])
def test_forged_rows_write_nothing(root, wang, value):
    answers = [root.edit(wang, **rows((role, region, day))) for role, region, day in [
        (value, "", ""), ("editor", value, ""), ("editor", "", value),
    ]]  # fmt: skip

    assert [answer.status_code for answer in answers] == [200] * 3
    assert held(wang) == []


def test_a_working_copy_of_a_region_is_no_region(root, wang):
    live = make_region("qijiang")
    copy = type(live).objects.get(pk=live.pk)
    copy.pk, copy._state.adding, copy.copy_of_id, copy.state = None, True, live.pk, "draft"
    copy.save()

    assert root.edit(wang, **rows(("editor", copy.pk, ""))).status_code == 200
    assert held(wang) == []


def test_rows_of_somebody_else_are_left_alone(root, wang, li):
    grant(wang, Role.REVIEWER)

    root.edit(wang, **{"grants-0-id": li.grants.get().pk, "grants-0-role": "publisher"})

    assert held(li) == [("editor", "qijiang", None, None)]


def test_nobody_gives_themselves_a_role_or_takes_their_flag(root):
    form = root.form(change_url(root.user))
    data = form | rows(("publisher", "", "")) | {"is_superuser": ""}

    root.send(change_url(root.user), data)

    root.user.refresh_from_db()
    assert (held(root.user), root.user.is_superuser, "is_superuser" in form) == ([], True, False)


def test_one_s_own_roles_are_shown(root):
    grant(root.user, Role.REVIEWER, make_region("qijiang"))

    page = root.get(change_url(root.user)).content.decode()

    assert "綦江区" in page
    assert 'name="grants-0-role"' not in page


def test_the_database_keeps_people_from_giving_themselves_roles(wang):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(user=wang, role=Role.EDITOR, granted_by=wang)


@pytest.mark.parametrize("fields", [("editor", "qijiang"), ("editor", None)])
def test_the_database_keeps_each_role_once(wang, fields):
    role, region = fields
    grant(wang, Role(role), make_region(region) if region else None)

    with pytest.raises(IntegrityError), transaction.atomic():
        grant(wang, Role(role), make_region(region) if region else None)


def test_the_database_keeps_auditors_without_a_region(wang):
    with pytest.raises(IntegrityError), transaction.atomic():
        grant(wang, Role.AUDITOR, make_region("qijiang"))


@pytest.mark.parametrize("change", [{"is_active": None}, {"is_staff": None}])
def test_the_last_administrator_is_not_closed(root, change):
    answer = root.edit(root.user, **change)

    assert errors_of(answer)["__all__"] == [LAST]
    root.user.refresh_from_db()
    assert (root.user.is_active, root.user.is_staff, root.user.is_superuser) == (True, True, True)


@pytest.mark.parametrize("other", [{"is_active": False}, {"is_staff": False}])
def test_an_administrator_who_cannot_sign_in_does_not_count(root, other):
    User.objects.create_superuser("second", "", PASSWORD)
    User.objects.filter(username="second").update(**other)

    assert errors_of(root.edit(root.user, is_active=None))["__all__"] == [LAST]


def test_one_of_two_administrators_may_go(root):
    second = User.objects.create_superuser("second", "", PASSWORD)

    assert root.edit(second, is_superuser=None).status_code == 302
    assert list(User.objects.filter(is_superuser=True)) == [root.user]


def test_an_administrator_demoted_meanwhile_demotes_nobody(root):
    """Both open the page; the other is quicker. The session of whoever was demoted ends in a refusal."""
    second = Browser(User.objects.create_superuser("second", "", PASSWORD))
    data = second.form(change_url(root.user))
    data.pop("is_superuser")
    root.edit(second.user, is_superuser=None)

    assert second.send(change_url(root.user), data).status_code == 403
    assert User.objects.get(pk=root.user.pk).is_superuser


@pytest.mark.parametrize("how", ["page", "list"])
def test_nobody_deletes_themselves_or_the_last_administrator(root, how):
    if how == "page":
        answer = root.send(delete_url(root.user), {"post": "yes"})
    else:
        answer = root.send(list_url(User), {"action": "delete_selected", "_selected_action": [root.user.pk], "post": "yes"})

    assert "您自己的账号：不能删除自己" in answer.content.decode()
    assert "最后一个网站管理员：请先指定另一位。" in answer.content.decode()
    assert User.objects.filter(pk=root.user.pk).exists()


def test_other_people_are_deleted_with_their_roles(root, wang):
    grant(wang, Role.EDITOR)

    assert root.send(delete_url(wang), {"post": "yes"}).status_code == 302
    assert RoleGrant.objects.count() == 0


def test_the_first_account_is_made_by_the_command(db):
    call_command("createsuperuser", interactive=False, username="first", email="", verbosity=0)

    first = User.objects.get()
    assert (first.is_superuser, first.is_staff, first.has_perm("staff.add_user")) == (True, True, True)


@pytest.mark.parametrize(
    ("role", "content", "people"),
    [
        ("contributor", {"add", "change", "delete", "view"}, set()),
        ("editor", {"add", "change", "delete", "view"}, set()),
        ("publisher", {"add", "change", "delete", "view"}, set()),
        ("reviewer", {"view"}, set()),
        ("auditor", {"view"}, set()),
        ("administrator", {"view"}, {"add", "change", "delete", "view"}),
        (None, set(), set()),
    ],
)
def test_pages_follow_from_roles(db, role, content, people):
    user = User.objects.create_superuser("x") if role == "administrator" else make_person("x", *([Role(role)] if role else []))

    acts = {act: f"{act}_policy" for act in ("add", "change", "delete", "view")}
    assert {act for act, name in acts.items() if user.has_perm(f"policies.{name}")} == content
    assert {act for act in acts if user.has_perm(f"staff.{act}_user")} == people
    assert (user.has_module_perms("policies"), user.has_module_perms("staff")) == (bool(content), bool(people))
    assert user.has_perm("publishing.view_auditentry") == (role in {"auditor", "administrator"})
    assert user.has_perms(["policies.view_policy"]) == bool(content)


@pytest.mark.parametrize("count", [1, 3])
def test_list_queries(root, django_assert_num_queries, count):
    for number in range(count):
        user = make_person(f"x{number}")
        grant(user, Role.EDITOR, make_region(f"place{number}"))

    with django_assert_num_queries(10):
        page = root.get(list_url(User))

    assert "编辑（地区place0）" in page.content.decode()
