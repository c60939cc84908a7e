"""Superusers add people without a password and hand them a link."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail

from portal.staff.models import User
from tests.admin.browser import Browser, errors_of, make_editor
from tests.staff.conftest import PASSWORD

LINK = re.compile(r"<code>http://127\.0\.0\.1:8000(/admin/invitation/[^<]+)</code>")


def link_on(page):
    return LINK.search(page.content.decode())[1]


def test_adding_gives_a_link_once(root, visitor):
    page = root.add(User, username="wang", display_name="王编辑", language="en", email="")

    user = User.objects.get(username="wang")
    assert page.status_code == 200
    assert (user.display_name, user.language, user.is_staff, user.is_superuser, list(user.grants.all())) == (
        "王编辑", "en", True, False, []
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
