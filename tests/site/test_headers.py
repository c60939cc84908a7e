"""The headers of every kind of answer, errors included."""

import pytest
from django.test import override_settings

from portal.staff.models import User
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
ADMIN = PAGE.replace("img-src 'self'", "img-src 'self' data: blob:")
DATA = "default-src 'none'; frame-ancestors 'none'; sandbox"
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
}


def policy(response):
    return sorted(part.strip() for part in response["Content-Security-Policy"].split(";"))


def parts(text):
    return sorted(part.strip() for part in text.split(";"))


@pytest.mark.parametrize(
    ("method", "path", "status", "expected"),
    [
        ("get", "/", 200, PAGE),
        ("get", "/en/", 200, PAGE),
        ("get", "/en", 301, None),
        ("get", "/policies/", 200, PAGE),
        ("get", "/policies", 301, None),
        ("get", "/policies/?nonsense=1", 400, PAGE),
        ("get", "/nowhere/", 404, PAGE),
        ("post", "/policies/", 405, PAGE),
        ("get", "/policies/?utm_source=x", 302, None),
        ("get", "/admin/", 302, ADMIN),
        ("get", "/admin/login/", 200, ADMIN),
        ("post", "/admin/login/", 403, ADMIN),
        ("get", "/api/", 200, PAGE),
        ("get", "/api/v1/policies/", 200, DATA),
        ("get", "/api/v1/policies/?nonsense=1", 400, DATA),
        ("get", "/api/v1/nowhere/", 404, DATA),
        ("post", "/api/v1/policies/", 405, DATA),
        ("get", "/api/v1/schema/", 200, DATA),
        ("get", "/media/nothing.webp", 404, "default-src 'none'; sandbox"),
        ("get", "/files/nothing.pdf", 404, "default-src 'none'; sandbox"),
        ("get", "/healthz", 200, None),
        ("get", "/readyz", 200, None),
    ],
)
def test_every_answer_carries_the_headers(client, method, path, status, expected):
    client.handler.enforce_csrf_checks = True

    response = getattr(client, method)(path)

    assert response.status_code == status
    assert {name: response[name] for name in EVERYWHERE} == EVERYWHERE
    assert "Content-Security-Policy" in response
    if expected:
        assert policy(response) == parts(expected)
    assert not {"Server", "X-Powered-By"} & set(response.headers)
    assert "unsafe" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/", "/policies/", "/regions/qijiang/", "/api/", "/api/v1/policies/", "/nowhere/"])
def test_public_answers_set_no_cookie_and_do_not_vary_by_one(client, path):
    make.make_region("qijiang")

    response = client.get(path, headers={"Cookie": "sessionid=abc; csrftoken=def"})

    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")


def test_public_answers_end_with_the_next_change(client):
    response = client.get("/policies/")
    assert response["Cache-Control"] == "public, max-age=60, stale-if-error=86400"
    assert response["ETag"].startswith('"')

    make.make_policy()

    assert client.get("/policies/")["ETag"] != response["ETag"]
    assert client.get("/policies/", headers={"If-None-Match": response["ETag"]}).status_code == 200


def test_errors_and_staff_pages_are_not_kept(client):
    assert client.get("/nowhere/")["Cache-Control"] == "no-store"
    assert client.get("/admin/login/")["Cache-Control"] == "private, no-store"


def test_staff_cookies_are_closed(client):
    User.objects.create_superuser("admin", password="long-enough-password")

    response = client.post("/admin/login/", {"username": "admin", "password": "long-enough-password", "next": "/admin/"})

    assert response.status_code == 302
    assert {(name, cookie["httponly"], cookie["samesite"]) for name, cookie in response.cookies.items()} == {
        ("sessionid", True, "Lax"),
        ("csrftoken", True, "Lax"),
    }


def test_partners_may_read_from_any_origin_without_credentials(client):
    response = client.get("/api/v1/policies/", headers={"Origin": "https://partner.example"})

    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Credentials" not in response
    assert "Access-Control-Allow-Origin" not in client.get("/admin/login/", headers={"Origin": "https://partner.example"})


def test_a_fault_is_a_page_that_leaks_nothing(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("portal.lists.facets.Count", None)

    for path in ("/policies/", "/api/v1/policies/"):
        monkeypatch.setattr("portal.lists.filterset.keyset_page", None)
        make.make_policy(slug=f"p{path.count('/')}")
        response = client.get(path)
        text = response.content.decode()
        assert (response.status_code, response["Cache-Control"]) == (500, "no-store")
        assert not [word for word in ("Traceback", "portal/", "SELECT", "Django", "site-packages") if word in text]
        assert response["X-Request-ID"] in text


@override_settings(DEBUG=False)
def test_a_forged_host_is_refused(client):
    response = client.get("/", headers={"Host": "evil.example"})

    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


def test_forged_proxy_headers_change_nothing(client):
    make.make_policy(slug="one")

    response = client.get("/api/v1/policies/one/", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"})

    assert response.json()["url"] == "http://127.0.0.1:8000/policies/one/"


def test_a_304_carries_the_policy_of_its_page(client):
    """A browser adds the headers of a 304 to the page it has kept, so another policy would take its stylesheet away."""
    for path, expected in (("/policies/", PAGE), ("/api/v1/policies/", DATA)):
        etag = client.get(path)["ETag"]
        for tag in (etag, f"W/{etag}"):
            response = client.get(path, headers={"If-None-Match": tag})
            assert (response.status_code, policy(response)) == (304, parts(expected))


@pytest.mark.parametrize(
    "path", ["/api/v1/", "/api/v1/schema/", "/healthz", "/readyz", "/policies/", "/api/", "/media/x.webp", "/files/x.pdf"]
)
def test_other_methods_are_refused(client, path):
    for method in ("post", "put", "patch", "delete", "trace"):
        response = getattr(client, method)(path)
        assert (response.status_code, "GET" in response["Allow"]) == (405, True), method


def test_a_moved_address_is_not_kept_for_good(client):
    assert client.get("/policies")["Cache-Control"] == "public, max-age=60"
