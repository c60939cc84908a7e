"""Asking for a link to set a new password."""

import smtplib

import pytest
from django.core import mail
from django.urls import reverse

from portal.staff.models import User
from portal.staff.views.password import ResetView
from tests.staff.conftest import PASSWORD

URL = "/admin/reset/"


def test_the_login_page_leads_to_it(visitor, db):
    assert f'href="{URL}?lang=zh-hans"' in visitor.get("/admin/login/").content.decode()


def test_without_a_mail_server_the_page_sends_to_the_administrator(visitor, li):
    pages = [visitor.get(URL), visitor.post(URL, {"email": "li@example.cn"})]

    assert ["请联系网站管理员" in page.content.decode() for page in pages] == [True, True]
    assert ["<form" in page.content.decode() for page in pages] == [False, False]
    assert mail.outbox == []


def test_a_link_is_mailed(visitor, li, mail_server):
    answer = visitor.post(URL, {"email": "LI@example.cn"}, headers={"host": "localhost"})

    (letter,) = mail.outbox
    assert answer["Location"] == "/admin/reset/sent/?lang=zh-hans"
    assert (letter.subject, letter.to, letter.from_email) == (
        "人才政策与服务：重设密码", ["li@example.cn"], "portal@example.cn"
    )  # fmt: skip
    assert "http://127.0.0.1:8000/admin/reset/" in letter.body


def test_a_letter_is_in_the_language_of_its_reader(visitor, li, mail_server):
    User.objects.update(language="en")

    visitor.post(URL, {"email": "li@example.cn"})

    assert mail.outbox[0].subject.startswith("Talent Policies and Services")


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"is_staff": False}, {"email": "other@example.cn"}, {"password": "!"}], ids=str
)
def test_the_answer_does_not_tell_who_has_an_account(visitor, li, mail_server, change):
    known = visitor.post(URL, {"email": "li@example.cn"})
    User.objects.update(**change)
    mail.outbox.clear()

    unknown = visitor.post(URL, {"email": "li@example.cn"})

    assert mail.outbox == []
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_an_address_asks_five_times_in_a_quarter_of_an_hour(visitor, li, mail_server):
    answers = [visitor.post(URL, {"email": f"a{number}@example.cn"}) for number in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert answers[-1]["Retry-After"] == "900"
    assert "请等十五分钟再试" in answers[-1].content.decode()


def test_a_mailbox_is_written_to_five_times(visitor, li, mail_server):
    answers = [visitor.post(URL, {"email": "li@example.cn"}, REMOTE_ADDR=f"10.0.0.{number}") for number in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert len(mail.outbox) == 5


def test_a_broken_mail_server_changes_nothing_in_the_answer(visitor, li, mail_server, settings, caplog):
    settings.EMAIL_BACKEND = "tests.staff.broken_mail.EmailBackend"

    answer = visitor.post(URL, {"email": "li@example.cn"})

    assert answer.status_code == 302
    assert [record.getMessage() for record in caplog.records] == [f"mail to account {li.pk} was not taken"]
    assert smtplib.SMTPServerDisconnected.__name__ in caplog.text


def test_the_letter_is_sent_after_the_answer_so_that_its_time_tells_nothing(li, mail_server, rf):
    """As a server does it: first the whole answer, then `close`."""
    request = rf.post(URL, {"email": "li@example.cn"})
    request.session, request._dont_enforce_csrf_checks = {}, True
    answer = ResetView.as_view()(request)
    sent_before = list(mail.outbox)

    answer.close()

    assert (sent_before, [letter.to for letter in mail.outbox]) == ([], [["li@example.cn"]])


@pytest.mark.parametrize("email", ["", "no address", "a@b.cn\r\nBcc: c@d.cn", "a\0@b.cn", "x" * 400 + "@b.cn"])
def test_what_is_no_address_is_refused(visitor, db, mail_server, email):
    answer = visitor.post(URL, {"email": email})

    assert answer.status_code == 200
    assert list(answer.context_data["form"].errors) == ["email"]
    assert mail.outbox == []


def test_pages_follow_the_language_asked_for(visitor, db, mail_server):
    english = visitor.get("/admin/login/?lang=en")
    answer = visitor.post(f"{URL}?lang=en", {"email": "x@example.cn"})

    assert (english["Content-Language"], answer["Location"]) == ("en", "/admin/reset/sent/?lang=en")
    assert '<html lang="en"' in english.content.decode()
    assert visitor.get("/admin/login/?lang=xx")["Content-Language"] == "zh-Hans"


def test_the_way_from_mail_to_admin(visitor, li, mail_server):
    visitor.post(URL, {"email": "li@example.cn"})
    link = next(line for line in mail.outbox[0].body.splitlines() if "/admin/reset/" in line)
    page = visitor.get(link.removeprefix("http://127.0.0.1:8000"), follow=True)
    new = f"{PASSWORD}-2"
    done = visitor.post(page.request["PATH_INFO"], {"new_password1": new, "new_password2": new}, follow=True)

    assert "密码已经保存" in done.content.decode()
    assert visitor.post("/admin/login/", {"username": "li", "password": new, "next": reverse("me")})["Location"] == "/admin/me/"
