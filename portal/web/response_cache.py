"""Public answers, kept whole in the process and given again before Django is asked, while the content version is the same.

Public pages know nobody: an answer depends on its address, on a few headers of the API, on the content version and on the
day. Each hit reads the version from the database, so what was committed is on the next answer of every worker.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from http import HTTPStatus
from threading import Lock
from time import time
from typing import Any, NamedTuple
from uuid import uuid4

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.http import HttpResponse
from django.utils.http import parse_etags

from portal.publishing.models import ContentState
from portal.web.freshness import UNVERSIONED, Freshness, cache_control

VERSION = f"SELECT seq, pruned_seq FROM {ContentState._meta.db_table} WHERE id = 1"  # noqa: S608 -- the name of our own table
FOR_PROGRAMS = "/api/v1/"
ASKED_BY_PROGRAMS = {"accept": "HTTP_ACCEPT", "accept-language": "HTTP_ACCEPT_LANGUAGE", "origin": "HTTP_ORIGIN"}
"""The headers on which records depend, as Vary names them; pages depend on none."""
ADDRESS = ("wsgi.url_scheme", "HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")
ASKED_ANEW = ("HTTP_AUTHORIZATION", "HTTP_RANGE")
OF_EACH_ANSWER = {"X-Request-ID", "Cache-Control"}
VARY = re.compile(r"[^\s,]+")
LARGEST = 512 * 1024
OVERHEAD = 1024

Application = Callable[..., Iterable[bytes]]
Environ = dict[str, Any]
Key = tuple[str | None, ...]


class Answer(NamedTuple):
    status: str
    headers: list[tuple[str, str]]
    body: bytes
    etag: str
    freshness: Freshness


class ResponseCache:
    """A WSGI application around Django's. `size` is in bytes; the answers asked for longest ago go first."""

    def __init__(self, application: Application, size: int) -> None:
        self.application, self.size, self.used = application, size, 0
        self.answers: OrderedDict[Key, Answer] = OrderedDict()
        self.lock = Lock()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        key = _key(environ)
        if key is None:
            return self.application(environ, start_response)
        answer = self.answers.get(key)
        if answer is not None and answer.freshness.until > time() and answer.freshness.version == _version():
            return self._again(key, answer, environ, start_response)
        response = self.application(environ, start_response)
        if isinstance(response, HttpResponse) and (made := _made(response, environ)) is not None:
            self._keep(key, made)
        return response

    def _again(self, key: Key, answer: Answer, environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
        with self.lock:
            if key in self.answers:
                self.answers.move_to_end(key)
        own = [("X-Request-ID", uuid4().hex), ("Cache-Control", cache_control(answer.freshness.until - time()))]
        if _is_known(answer.etag, environ.get("HTTP_IF_NONE_MATCH", "")):
            start_response("304 Not Modified", [one for one in answer.headers if one[0] != "Content-Length"] + own)
            return []
        start_response(answer.status, answer.headers + own)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]

    def _keep(self, key: Key, answer: Answer) -> None:
        size = _size(answer)
        if size > min(LARGEST, self.size):
            return
        with self.lock:
            before = self.answers.pop(key, None)
            self.used += size - (_size(before) if before else 0)
            self.answers[key] = answer
            while self.used > self.size:
                self.used -= _size(self.answers.popitem(last=False)[1])


def cached(application: Application) -> Application:
    """As large as the settings say; none at all for 0."""
    return ResponseCache(application, settings.RESPONSE_CACHE_MB * 1024 * 1024) if settings.RESPONSE_CACHE_MB else application


def _key(environ: Environ) -> Key | None:
    """None for what is not asked by reading the public site."""
    path = environ["PATH_INFO"]
    if (
        environ["REQUEST_METHOD"] not in {"GET", "HEAD"}
        or path.startswith(UNVERSIONED)
        or not environ.keys().isdisjoint(ASKED_ANEW)
    ):
        return None
    asked = ADDRESS + tuple(ASKED_BY_PROGRAMS.values()) if path.startswith(FOR_PROGRAMS) else ADDRESS
    return tuple(map(environ.get, asked))


def _version() -> tuple[int, int] | None:
    """The numbers that move with each change and each pruning; None where the database does not answer, so that Django says so."""
    try:
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        connection.ensure_connection()
        cursor = connection.connection.cursor()
        try:
            cursor.execute(VERSION)
            row = cursor.fetchone()
        finally:
            cursor.close()
    except (DatabaseError, connections[DEFAULT_DB_ALIAS].Database.Error):  # type: ignore[attr-defined]  # -- the driver of the database in use
        if not connection.in_atomic_block:
            connection.close()
        return None
    return tuple(row) if row else (0, 0)


def _made(response: HttpResponse, environ: Environ) -> Answer | None:
    """What can be given again: a whole public answer to GET that names its freshness and depends on nothing unknown."""
    freshness: Freshness | None = getattr(response, "freshness", None)
    if freshness is None or response.status_code != HTTPStatus.OK or environ["REQUEST_METHOD"] != "GET" or response.cookies:
        return None
    allowed = set(ASKED_BY_PROGRAMS) if environ["PATH_INFO"].startswith(FOR_PROGRAMS) else set()
    if not {name.lower() for name in VARY.findall(response.get("Vary", ""))} <= allowed:
        return None
    headers = [(name, value) for name, value in response.items() if name not in OF_EACH_ANSWER]
    status = f"{response.status_code} {response.reason_phrase}"
    return Answer(status, headers, response.content, response["ETag"], freshness)


def _is_known(etag: str, given: str) -> bool:
    """Weak comparison (RFC 9110): a front server that compresses marks the tag as weak."""
    return bool(given) and etag in {tag.removeprefix("W/") for tag in parse_etags(given)}


def _size(answer: Answer) -> int:
    return len(answer.body) + OVERHEAD
