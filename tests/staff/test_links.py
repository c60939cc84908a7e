"""Links with which people set a password: good once, for a while, for one account."""

import datetime
import logging
from urllib.parse import urlsplit

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.test import Client, RequestFactory

from portal.staff.links import invitation_link, renew_invitation, reset_link
from portal.staff.log_filter import LinksFilter
from portal.staff.models import User
from tests.admin.browser import take_roles
from tests.staff.conftest import PASSWORD

NEW = "another-long-password"
NOW = datetime.datetime(2026, 3, 1, 4, 0, tzinfo=datetime.UTC)
LIFE = {reset_link: datetime.timedelta(hours=3), invitation_link: datetime.timedelta(days=7)}


def path_of(link):
    return urlsplit(link).path


def opened(client, link):
    """The page behind a link, after the redirect that takes the token out of the address."""
    return client.get(path_of(link), follow=True)


def use(client, link, password=NEW, **more):
    place = opened(client, link).request["PATH_INFO"]
    return client.post(place, {"new_password1": password, "new_password2": password, "language": "zh-hans"} | more)


def is_good(link):
    return opened(Client(), link).context_data["validlink"]


@pytest.fixture(params=[reset_link, invitation_link], ids=["reset", "invitation"])
def kind(request):
    return request.param


@pytest.fixture
def owner(kind, request):
    return request.getfixturevalue("li" if kind is reset_link else "invited")


def test_a_link_sets_the_password_once(visitor, kind, owner):
    link = kind(owner)

    answer = use(visitor, link)

    assert (answer.status_code, answer["Location"]) == (302, "/admin/reset/done/?lang=zh-hans")
    owner.refresh_from_db()
    assert owner.check_password(NEW)
    assert not is_good(link)


def test_the_address_of_the_form_has_no_token(visitor, kind, owner):
    link = kind(owner)

    page = opened(visitor, link)

    assert page.redirect_chain[0][0].endswith("/set-password/")
    assert link.split("/")[-2] not in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cache-Control"] == "private, no-store"


def test_a_link_runs_out(kind, owner):
    with time_machine.travel(NOW, tick=False):
        link = kind(owner)
    with time_machine.travel(NOW + LIFE[kind], tick=False):
        before = is_good(link)
    with time_machine.travel(NOW + LIFE[kind] + datetime.timedelta(seconds=1), tick=False):
        after = is_good(link)

    assert (before, after) == (True, False)


def test_a_changed_token_opens_nothing(visitor, kind, owner):
    link = kind(owner)
    page = opened(visitor, f"{link[:-2]}{'0' if link[-2] != '0' else '1'}/")

    assert not page.context_data["validlink"]
    assert "链接可能用过了" in page.content.decode()


@pytest.mark.parametrize(
    "place", ["MQ/set-password", "!/x", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5/a-b", "MQ/１-２", "AA/%00-%00", "MQ/a-b-c"]
)
def test_a_made_up_link_opens_nothing(visitor, db, place):
    for area in ("reset", "invitation"):
        assert not visitor.get(f"/admin/{area}/{place}/").context_data["validlink"]


def test_a_link_opens_no_other_account(visitor, kind, owner):
    other = User.objects.create_user("zhao", "", PASSWORD, is_staff=True)
    parts = kind(owner).split("/")
    parts[-3] = kind(other).split("/")[-3]

    assert not is_good("/".join(parts))


def test_a_reset_is_no_invitation(li):
    assert not is_good(reset_link(li).replace("/reset/", "/invitation/"))
    assert not is_good(invitation_link(li).replace("/invitation/", "/reset/"))


def test_the_link_of_a_closed_account_is_dead(visitor, kind, owner):
    link = kind(owner)
    page = opened(visitor, link)
    User.objects.update(is_active=False)

    answer = visitor.post(page.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW, "language": "en"})

    assert not answer.context_data["validlink"]
    owner.refresh_from_db()
    assert not owner.check_password(NEW)


def test_signing_in_ends_a_reset(visitor, li):
    link = reset_link(li)
    visitor.post("/admin/login/", {"username": "li", "password": PASSWORD})

    assert not is_good(link)


def test_a_new_invitation_ends_the_old_one(invited):
    old = invitation_link(invited)
    new = renew_invitation(invited)

    assert (is_good(old), is_good(new)) == (False, True)


@pytest.mark.parametrize(
    ("password", "again"),
    [("short", "short"), ("123456789012", "123456789012"), ("password1234", "password1234"), (NEW, "x"), ("", "")],
)
def test_a_weak_password_is_refused_and_the_link_stays_good(visitor, kind, owner, password, again):
    link = kind(owner)
    before = owner.password

    answer = use(visitor, link, password, new_password2=again)

    assert answer.status_code == 200
    assert answer.context_data["form"].errors
    owner.refresh_from_db()
    assert owner.password == before
    assert is_good(link)


def test_somebody_else_signed_in_is_sent_out_first(kind, owner, root):
    answer = root.client.get(path_of(kind(owner)))

    assert answer.status_code == 409
    assert "您现在登录的是 root" in answer.content.decode()


def test_the_welcome_page_says_who_you_are(visitor, invited):
    page = opened(visitor, invitation_link(invited)).content.decode()

    assert "王编辑，您好" in page
    assert "<dd>编辑（綦江区）</dd>" in page
    assert "12" in page


def test_the_welcome_page_says_when_there_is_no_role_yet(visitor, invited):
    take_roles(invited)

    assert "还没有，请联系网站管理员" in opened(visitor, invitation_link(invited)).content.decode()


def test_the_welcome_page_sets_the_language(visitor, invited):
    use(visitor, invitation_link(invited), language="en")

    invited.refresh_from_db()
    assert invited.language == "en"


def test_the_page_is_in_the_language_of_its_owner(visitor, invited):
    User.objects.update(language="en")
    invited.refresh_from_db()

    page = opened(visitor, invitation_link(invited))

    assert page["Content-Language"] == "en"
    assert '<html lang="en"' in page.content.decode()


def test_an_invited_person_cannot_sign_in_yet(invited):
    request = RequestFactory().post("/admin/login/")

    assert [authenticate(request, username="wang", password=word) for word in ("", "!", invited.password)] == [None, None, None]


def test_a_link_is_built_from_the_site_address(settings, li):
    settings.SITE_URL = "https://talent.example.gov.cn"

    assert reset_link(li).startswith("https://talent.example.gov.cn/admin/reset/")


def test_an_account_opened_again_does_not_revive_its_invitation(root, invited):
    link = invitation_link(invited)

    root.edit(invited, is_active=None)
    root.edit(invited, is_active="on")

    assert User.objects.get(pk=invited.pk).is_active
    assert not is_good(link)


def test_no_token_reaches_the_log(li):
    path = path_of(reset_link(li))
    request = RequestFactory().get(path)
    record = logging.makeLogRecord({"msg": "Method Not Allowed: %s", "args": (path,), "request": request})

    LinksFilter().filter(record)

    assert record.getMessage() == "Method Not Allowed: /admin/reset/…/"
    assert record.request == "<WSGIRequest: GET '/admin/reset/…/'>"


def test_setting_a_password_lifts_the_lock(visitor, li):
    for _ in range(6):
        visitor.post("/admin/login/", {"username": "li", "password": "wrong"})

    use(visitor, reset_link(li))

    assert visitor.post("/admin/login/", {"username": "li", "password": NEW}).status_code == 302


def test_an_invitation_names_what_the_person_may_do(visitor, invited):
    assert "<dd>编辑（綦江区）</dd>" in opened(visitor, invitation_link(invited)).content.decode()
