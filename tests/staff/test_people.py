"""Superusers add people without a password and hand them a link."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.core import mail

from portal.staff.duties import duty_of
from portal.staff.models import User
from portal.staff.rights import editable_kinds
from tests.admin.browser import Browser, errors_of, make_editor
from tests.factories import make_region
from tests.staff.conftest import PASSWORD

LINK = re.compile(r"<code>http://127\.0\.0\.1:8000(/admin/invitation/[^<]+)</code>")


def link_on(page):
    return LINK.search(page.content.decode())[1]


def test_adding_gives_a_link_once(root, visitor):
    region = make_region()

    page = root.add(User, username="wang", display_name="王编辑", region=region.pk, language="en", email="")

    user = User.objects.get(username="wang")
    assert page.status_code == 200
    assert (user.display_name, user.region, user.language, user.is_staff, user.is_superuser, list(user.groups.all())) == (
        "王编辑", region, "en", True, False, []
    )  # fmt: skip
    assert not user.has_usable_password()
    assert visitor.get(link_on(page), follow=True).context_data["validlink"]
    assert "<code>" not in root.get(f"/admin/staff/user/{user.pk}/change/").content.decode()
    assert mail.outbox == []


def test_nothing_secret_is_recorded(root, invited):
    link = link_on(root.send(f"/admin/staff/user/{invited.pk}/invitation/", {}))

    (entry,) = LogEntry.objects.all()
    assert entry.change_message == "签发邀请链接"
    assert link not in str(root.client.session.items())


def test_the_link_is_mailed_too(root, mail_server):
    page = root.add(User, username="wang", language="zh-hans", email="wang@example.cn")

    (letter,) = mail.outbox
    assert letter.to == ["wang@example.cn"]
    assert link_on(page) in letter.body
    assert "链接也已发到 wang@example.cn" in page.content.decode()


def test_a_letter_that_did_not_go_is_said(root, mail_server, settings):
    settings.EMAIL_BACKEND = "tests.staff.broken_mail.EmailBackend"

    page = root.add(User, username="wang", language="zh-hans", email="wang@example.cn")

    assert "没有发出去" in page.content.decode()
    assert link_on(page)


def test_a_new_link_takes_the_password_away(root, li, visitor):
    asked = root.get(f"/admin/staff/user/{li.pk}/invitation/")
    li.refresh_from_db()
    before = li.has_usable_password()
    link = link_on(root.send(f"/admin/staff/user/{li.pk}/invitation/", {}))
    li.refresh_from_db()

    assert (asked.status_code, before, li.has_usable_password()) == (200, True, False)
    assert visitor.get(link, follow=True).context_data["validlink"]


def test_the_change_page_offers_it_for_others_only(root, li):
    assert f'/admin/staff/user/{li.pk}/invitation/"' in root.get(f"/admin/staff/user/{li.pk}/change/").content.decode()
    assert "/invitation/" not in root.get(f"/admin/staff/user/{root.user.pk}/change/").content.decode()


@pytest.mark.parametrize("who", ["closed", "no staff", "self"])
def test_some_accounts_get_no_link(root, li, who):
    User.objects.filter(pk=li.pk).update(**{"closed": {"is_active": False}, "no staff": {"is_staff": False}, "self": {}}[who])
    user = root.user if who == "self" else li

    page = root.send(f"/admin/staff/user/{user.pk}/invitation/", {})

    assert "不能给这个账号签发链接" in page.content.decode()
    user.refresh_from_db()
    assert user.has_usable_password()


def test_only_superusers_invite(li, invited):
    editor = Browser(make_editor(name="chen"))
    url = f"/admin/staff/user/{li.pk}/invitation/"

    assert [editor.get(url).status_code, editor.send(url, {}).status_code] == [403, 403]
    assert editor.get("/admin/staff/user/add/").status_code == 403


def test_nobody_there_gets_none(root):
    assert root.get("/admin/staff/user/999999/invitation/").status_code == 404


@pytest.mark.parametrize(
    ("values", "box"), [({"username": ""}, "username"), ({"display_name": "a\u202eb"}, "display_name"), ({"email": "x"}, "email")]
)
def test_bad_input_is_refused(root, values, box):
    page = root.add(User, **({"username": "wang"} | values))

    assert list(errors_of(page)) == [box]
    assert not User.objects.filter(username="wang").exists()


def test_rights_cannot_be_forged_while_adding(root):
    root.add(User, username="wang", is_superuser="on", password=PASSWORD, usable_password="true")

    user = User.objects.get(username="wang")
    assert (user.is_superuser, user.has_usable_password()) == (False, False)


@pytest.mark.parametrize(("duty", "right", "kinds"), [("edit", True, 14), ("read", False, 0), ("none", False, 0)])
def test_an_invited_person_may_do_what_was_chosen(root, duty, right, kinds):
    root.add(User, username="wang", duty=duty)

    user = User.objects.get(username="wang")
    assert (user.has_perm("policies.add_policy"), len(editable_kinds(user)), duty_of(user)) == (right, kinds, duty)


def test_whoever_is_invited_can_edit_unless_said_otherwise(root):
    assert root.form("/admin/staff/user/add/")["duty"] == "edit"


def test_the_account_page_shows_and_changes_the_duty(root, li):
    assert root.edit(li, duty="read").status_code == 302
    before = root.form(f"/admin/staff/user/{li.pk}/change/")["duty"]
    root.edit(li, duty="edit")

    assert (before, duty_of(li)) == ("read", "edit")


def test_single_permissions_stay_unless_a_duty_is_chosen(root, li):
    one = Permission.objects.get(codename="view_policy")
    li.user_permissions.set([one])

    root.edit(li, display_name="李")

    assert (list(li.user_permissions.all()), duty_of(li)) == ([one], "other")


def test_to_keep_single_permissions_is_offered_only_where_there_are_some(root, li):
    assert "单项权限" not in root.get(f"/admin/staff/user/{li.pk}/change/").content.decode()


def test_rights_of_a_group_are_in_the_language_of_the_page(root):
    group = Group.objects.create(name="核对")

    page = root.get(f"/admin/auth/group/{group.pk}/change/").content.decode()

    assert [f"政策: {act}" in page for act in ("增加", "修改", "删除", "查看")] == [True] * 4
    assert "Can change" not in page
    assert "logentry" not in page
