"""A document is there for readers exactly while a public entry has it, and never as something a browser would run."""

from urllib.parse import unquote

import pytest
from django.core.files.storage import storages

from policies.models import Policy, Service
from tests.factories import LONG_AGO, make_policy, make_programme, make_service
from tests.world import HIDDEN

from .making import attach

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("untold")]
MAKERS = {"policy": make_policy, "service": make_service, "programme": make_programme}


def read(response):
    return response.getvalue() if response.streaming else response.content


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("how", ["public", *HIDDEN])
def test_a_file_answers_only_while_its_entry_is_public(client, kind, how):
    row = attach(MAKERS[kind](**HIDDEN.get(how, {})))

    response = client.get(row.get_absolute_url())
    read(response)

    assert response.status_code == {"public": 200, "expired": 410}.get(how, 404)


def test_the_reason_of_a_withdrawn_entry_is_told(client):
    policy = make_policy(first_published_at=LONG_AGO, **HIDDEN["withdrawn"])

    response = client.get(attach(policy).get_absolute_url())

    assert response.status_code == 410
    assert "公开的理由" in response.content.decode()


def test_the_file_of_a_working_copy_is_hidden(client):
    policy = make_policy()
    copy = Policy.objects.get()
    copy.pk, copy._state.adding, copy.copy_of_id = None, True, policy.pk
    copy.save()

    assert client.get(attach(copy).get_absolute_url()).status_code == 404


@pytest.mark.parametrize("how", HIDDEN)
def test_a_file_two_entries_share_is_named_by_the_public_one(client, how):
    hidden = attach(make_policy(**HIDDEN[how]), "same", title="密件")
    shown = attach(make_service(), "same", title="公开的申请表")
    assert hidden.get_absolute_url() == shown.get_absolute_url()

    response = client.get(shown.get_absolute_url())
    read(response)

    assert response.status_code == 200
    assert response["Content-Disposition"] == (
        "attachment; filename*=UTF-8''%E5%85%AC%E5%BC%80%E7%9A%84%E7%94%B3%E8%AF%B7%E8%A1%A8.pdf"
    )


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [
        ("pdf", "application/pdf"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_a_file_is_a_download_of_its_type_and_nothing_else(client, kind, content_type):
    row = attach(make_policy(), kind=kind, title="Form 1")

    response = client.get(row.get_absolute_url())

    assert len(read(response)) == row.size
    assert sorted(response["Content-Security-Policy"].split("; ")) == ["default-src 'none'", "sandbox"]
    assert {name: response[name] for name in HEADERS} == HEADERS | {
        "Content-Type": content_type,
        "Content-Disposition": f"attachment; filename*=UTF-8''Form%201.{kind}",
        "Content-Length": str(row.size),
        "ETag": f'"{row.sha256}"',
    }


HEADERS = {
    "Content-Type": "",
    "Content-Disposition": "",
    "Content-Length": "",
    "ETag": "",
    "Cache-Control": "public, max-age=0, must-revalidate",
    "Accept-Ranges": "none",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Frame-Options": "DENY",
}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../..\\a/b:c", "a b c.pdf"),
        ("甲\r\nSet-Cookie: x=1", "甲 Set-Cookie x=1.pdf"),
        ('"; filename=evil.exe', "; filename=evil.exe.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("...", "attachment.pdf"),
        ("长" * 120, "长" * 116 + ".pdf"),
    ],
)
def test_no_title_leads_a_download_astray(client, title, name):
    response = client.get(attach(make_policy(), title=title).get_absolute_url())
    read(response)

    value = response["Content-Disposition"]
    assert value.startswith("attachment; filename*=UTF-8''")
    assert unquote(value.partition("''")[2]) == name


def test_a_file_is_asked_for_again_and_not_sent_again(client):
    row = attach(make_policy())
    first = client.get(row.get_absolute_url())
    etag = first["ETag"]
    read(first)
    make_service()

    for tag in (etag, f"W/{etag}", "*", f'"other", {etag}'):
        response = client.get(row.get_absolute_url(), headers={"If-None-Match": tag})
        assert (response.status_code, response["ETag"], response.content) == (304, etag, b"")
        assert response["Cache-Control"] == HEADERS["Cache-Control"]
    response = client.get(row.get_absolute_url(), headers={"If-None-Match": '"other"'})
    assert (response.status_code, len(read(response))) == (200, row.size)


def test_a_withdrawn_file_is_gone_at_once_whatever_a_browser_kept(client):
    policy = make_policy()
    row = attach(policy)
    first = client.get(row.get_absolute_url())
    etag = first["ETag"]
    read(first)

    Policy.objects.update(state="draft")

    assert client.get(row.get_absolute_url(), headers={"If-None-Match": etag}).status_code == 404
    assert client.get(row.get_absolute_url(), headers={"If-None-Match": "*"}).status_code == 404


def test_head_tells_the_same_without_the_file(client):
    row = attach(make_policy())
    got = client.get(row.get_absolute_url())
    read(got)

    head = client.head(row.get_absolute_url())

    assert (head.status_code, head.content) == (200, b"")
    assert {name: head[name] for name in HEADERS} == {name: got[name] for name in HEADERS}


def test_a_part_of_a_file_is_the_whole(client):
    row = attach(make_policy())

    response = client.get(row.get_absolute_url(), headers={"Range": "bytes=0-3"})

    assert (response.status_code, len(read(response))) == (200, row.size)


@pytest.mark.parametrize("name", ["{sha}.docx", "{sha}", "{sha}.PDF", "{upper}.pdf", "{sha}.pdf%00", "%00", "{sha}.pdf%0a",
                                  "..%2f{sha}.pdf", "{sha}.pdf/", "0{sha}.pdf", "", "%F0%9F%98%80", "%ff%fe", "{sha}.pdf%e2%80%ae"])  # fmt: skip
def test_other_names_find_nothing(client, name):
    sha = attach(make_policy()).sha256

    response = client.get("/files/" + name.format(sha=sha, upper=sha.upper()))

    assert (response.status_code, response["Cache-Control"]) == (404, "no-store")


def test_other_methods_and_parameters_are_refused(client):
    address = attach(make_policy()).get_absolute_url()

    assert {getattr(client, method)(address).status_code for method in ("post", "put", "patch", "delete")} == {405}
    assert client.get(f"{address}?x=1").status_code == 400
    assert client.get(f"{address}?utm_source=x").url == address


def test_a_row_whose_file_was_lost_is_a_404(client, caplog):
    row = attach(make_policy())
    storages["attachments"].delete(f"{row.sha256}.pdf")

    assert client.get(row.get_absolute_url()).status_code == 404
    assert f"attachment {row.sha256}.pdf has a row but no file" in caplog.text


@pytest.mark.parametrize("rows", [1, 3])
def test_a_download_asks_two_queries(client, django_assert_num_queries, rows):
    shared = [attach(make(), "same") for make in (make_policy, make_service, make_programme)[:rows]]

    with django_assert_num_queries(2):
        read(client.get(shared[0].get_absolute_url()))
    with django_assert_num_queries(2):
        client.get(shared[0].get_absolute_url(), headers={"If-None-Match": f'"{shared[0].sha256}"'})


def test_an_unknown_name_asks_little(client, django_assert_num_queries):
    with django_assert_num_queries(3):
        client.get(f"/files/{'0' * 64}.pdf")
    with django_assert_num_queries(1):
        client.get("/files/nothing")
    assert Service.objects.count() == 0
