"""One's own account."""

import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from portal.staff.models import Role, User
from tests.admin.browser import Browser, grant, make_editor, make_person
from tests.staff.conftest import PASSWORD

URL = "/admin/me/"


@pytest.fixture
def me(li):
    return Browser(li)


def send(me, **values):
    return me.send(URL, {"display_name": "李编辑", "language": "zh-hans", "email": "li@example.cn"} | values)


def test_the_header_leads_to_it(me):
    assert f'<a href="{URL}">我的账号</a>' in me.get("/admin/").content.decode()


def test_strangers_sign_in_first(visitor, db):
    assert visitor.get(URL)["Location"] == f"/admin/login/?next={URL}"


def test_the_language_is_one_s_own_choice(me, li):
    before = me.get("/admin/")
    answer = send(me, language="en")
    after = me.get("/admin/")

    assert answer["Location"] == URL
    assert [page["Content-Language"] for page in (before, after)] == ["zh-Hans", "en"]
    assert '<html lang="en"' in after.content.decode()
    assert User.objects.values_list("language").get(pk=li.pk) == ("en",)


def test_login_index_and_change_pages_follow_it(visitor, li):
    User.objects.update(language="en")
    first = visitor.post("/admin/login/", {"username": "li", "password": PASSWORD, "next": "/admin/"}, follow=True)

    pages = [first, visitor.get("/admin/password_change/"), visitor.get(URL)]

    assert [page["Content-Language"] for page in pages] == ["en", "en", "en"]
    assert "Log out" in first.content.decode()


def test_the_address_needs_the_password(me, li):
    refused = send(me, email="new@example.cn", current_password="wrong")
    kept = User.objects.get(pk=li.pk).email
    send(me, email="new@example.cn", current_password=PASSWORD)

    assert "当前密码不对" in refused.content.decode()
    assert (kept, User.objects.get(pk=li.pk).email) == ("li@example.cn", "new@example.cn")


@pytest.mark.parametrize(
    "values",
    [{"display_name": "a\u202eb"}, {"display_name": "长" * 61}, {"language": "fr"}, {"email": "x"}, {"display_name": "a\0b"}],
)
def test_bad_input_is_refused(me, li, values):
    answer = send(me, **values)

    assert answer.status_code == 200
    assert answer.context_data["form"].errors
    assert User.objects.values_list("display_name", "language", "email").get(pk=li.pk) == ("李编辑", "zh-hans", "li@example.cn")


def test_nothing_else_can_be_sent_along(me, li):
    roles = {"grants-TOTAL_FORMS": "1", "grants-INITIAL_FORMS": "0", "grants-0-role": "publisher"}
    send(me, is_superuser="on", username="x", password="x", is_staff="", display_name="新名", **roles)

    li.refresh_from_db()
    assert (li.display_name, li.is_superuser, li.username, [one.role for one in li.grants.all()], li.check_password(PASSWORD)) == (
        "新名", False, "li", ["editor"], True
    )  # fmt: skip


def test_the_record_names_boxes_and_no_values(me, li):
    send(me, email="new@example.cn", current_password=PASSWORD)

    (entry,) = LogEntry.objects.all()
    assert (entry.user, entry.change_message) == (li, '[{"changed": {"fields": ["email"]}}]')


def test_it_says_what_one_may_do(li):
    grant(li, Role.REVIEWER, until=timezone.localdate())
    grant(li, Role.PUBLISHER, until=timezone.localdate() - datetime.timedelta(days=1))
    page = Browser(li).get(URL).content.decode()

    assert f"<dd>编辑（綦江区）、审核（全站），到 {timezone.localdate()} 为止</dd>" in page


@pytest.mark.parametrize("who", [0, 1, 2, 3], ids=["no role", "one role", "two roles", "administrator"])
def test_queries(db, li, django_assert_num_queries, who):
    people = [
        lambda: make_person("x"), lambda: li, lambda: make_editor(name="x"), lambda: User.objects.create_superuser("y", "", PASSWORD),
    ]  # fmt: skip
    me = Browser(people[who]())

    with django_assert_num_queries(5):
        me.get(URL)
