"""A kept answer is the answer Django would give now, and is given without asking Django."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import RequestFactory

from portal.publishing.lifecycle import finish_entry, save_entry
from portal.publishing.models import State
from portal.web.response_cache import ResponseCache
from tests import factories as make

pytestmark = pytest.mark.django_db
OWN = {"X-Request-ID", "Cache-Control"}
NOON = datetime.fromisoformat("2027-03-01T04:00:00+00:00")


class Site:
    """The WSGI application with a cache, and how often Django was asked."""

    def __init__(self, size=1024 * 1024):
        self.django, self.asked = get_wsgi_application(), 0
        self.cache = ResponseCache(self._ask, size)

    def _ask(self, environ, start_response):
        self.asked += 1
        return self.django(environ, start_response)

    def get(self, address, method="GET", **headers):
        environ = RequestFactory().generic(method, address, **headers).environ | {"wsgi.input": BytesIO()}
        got = {}

        def start(status, headers):
            got.update(status=status, headers=dict(headers))

        response = self.cache(environ, start)
        body = b"".join(response)
        if close := getattr(response, "close", None):
            close()
        return got["status"], got["headers"], body


def publish(policy):
    save_entry(policy, by=None)
    finish_entry(policy)


@pytest.fixture(autouse=True)
def kept_connection():
    """As Django's own test client does: the connection holds the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def site():
    return Site()


def without_own(answer):
    status, headers, body = answer
    return status, {name: value for name, value in headers.items() if name not in OWN}, body


@pytest.mark.parametrize(
    "address", ["/", "/en/policies/?region=qijiang", "/policies/apartments/", "/api/v1/policies/", "/figures.csv", "/robots.txt"]
)
def test_the_second_answer_is_the_first(site, address):
    make.make_policy(slug="apartments")

    with time_machine.travel(NOON, tick=False):
        first, second = site.get(address), site.get(address)

    if first[0] == "200 OK" and "ETag" in first[1]:
        assert (without_own(second), site.asked) == (without_own(first), 1 if address != "/figures.csv" else 2)
        assert second[1]["Cache-Control"] == first[1]["Cache-Control"] == "public, max-age=60, stale-if-error=86400"
        assert second[1]["X-Request-ID"] != first[1]["X-Request-ID"]
    else:
        assert site.asked == 2


def test_what_was_written_is_on_the_next_answer(site):
    policy = make.make_policy(title="旧标题")
    address = policy.get_absolute_url()
    site.get(address)

    policy.title = "新标题"
    publish(policy)
    changed = site.get(address)
    policy.state, policy.withdrawn_reason = State.WITHDRAWN, "有误"
    publish(policy)

    assert "新标题" in changed[2].decode()
    assert site.get(address)[0] == "410 Gone"


def test_it_ends_at_the_next_boundary_and_at_midnight(site):
    with time_machine.travel(NOON, tick=False):
        make.make_policy(slug="later", title="将来的办法", visible_from=NOON + timedelta(seconds=30))
        before = site.get("/policies/")
        assert before[1]["Cache-Control"] == "public, max-age=30, stale-if-error=86400"
    with time_machine.travel(NOON + timedelta(seconds=29), tick=False):
        kept = site.get("/policies/")
        assert (kept[1]["Cache-Control"], site.asked) == ("public, max-age=1, stale-if-error=86400", 1)
    with time_machine.travel(NOON + timedelta(seconds=30), tick=False):
        assert "将来的办法" in site.get("/policies/")[2].decode()
        assert site.asked == 2
    with time_machine.travel(NOON + timedelta(hours=12), tick=False):
        site.get("/policies/")
        assert site.asked == 3


def test_a_reader_who_has_it_gets_304(site):
    etag = site.get("/")[1]["ETag"]

    for given in (etag, f"W/{etag}", f'"other", {etag}'):
        status, headers, body = site.get("/", headers={"if-none-match": given})
        assert (status, headers["ETag"], body, "Content-Length" in headers) == ("304 Not Modified", etag, b"", False)
    assert site.get("/", headers={"if-none-match": '"other"'})[0] == "200 OK"
    assert site.asked == 1


def test_head_has_the_headers_without_the_text(site):
    whole, head = site.get("/"), site.get("/", method="HEAD")

    assert (head[0], head[2], site.asked) == ("200 OK", b"", 1)
    assert without_own(head)[1] == without_own(whole)[1]


def test_records_depend_on_language_and_origin_and_pages_do_not(site):
    make.make_policy(title="办法", title_en="Measures")
    chinese = site.get("/api/v1/policies/", headers={"accept-language": "zh"})
    english = site.get("/api/v1/policies/", headers={"accept-language": "en"})
    foreign = site.get("/api/v1/policies/", headers={"accept-language": "zh", "origin": "https://partner.example"})
    assert ("Measures" in chinese[2].decode(), "Measures" in english[2].decode()) == (False, True)
    assert ("access-control-allow-origin" in chinese[1], "access-control-allow-origin" in foreign[1]) == (False, True)
    assert site.asked == 3

    pages = [
        site.get("/policies/", headers={"accept-language": language, "cookie": f"a={language}"}) for language in ("zh", "en")
    ]
    assert (without_own(pages[0]), site.asked) == (without_own(pages[1]), 4)


@pytest.mark.parametrize(
    ("address", "more"),
    [
        ("/admin/login/", {}),
        ("/healthz", {}),
        ("/nothing/", {}),
        ("/policies/?unknown=1", {}),
        ("/", {"headers": {"authorization": "Bearer x"}}),
        ("/", {"headers": {"range": "bytes=0-1"}}),
        ("/", {"method": "POST"}),
    ],
)
def test_what_is_not_kept(site, address, more):
    site.get(address, **more)
    site.get(address, **more)

    assert (site.asked, len(site.cache.answers)) == (2, 0)


def test_the_answers_asked_for_longest_ago_make_room():
    site = Site(size=len(Site().get("/policies/")[2]) * 3)
    for year in range(2000, 2009):
        site.get(f"/policies/?year={year}")
        site.get("/policies/?year=2000")

    assert ("/policies/", "year=2000") in {key[-2:] for key in site.cache.answers}
    assert 1 < len(site.cache.answers) < 9
    assert 0 < site.cache.used <= site.cache.size


@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_answer_is_django_s_to_report(site, monkeypatch):
    site.get("/")
    monkeypatch.setattr("portal.web.response_cache.VERSION", "SELECT nothing FROM nowhere")

    site.get("/")

    assert site.asked == 2
