"""How long a public answer may be kept: until the next change, a minute at most, and then a 304 while nothing changed.

A public answer is a pure function of address, language, content version, day and release, so those make its ETag.
A change of a live entry whose moment has come is applied before anything is answered, by whoever asks first.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils import timezone
from django.utils.http import parse_etags

from portal.publishing.models.change import ContentVersion, content_version
from portal.publishing.workflow import apply_due
from portal.web.release import RELEASE

LONGEST = 60
UNVERSIONED = ("/admin/", "/preview/", "/healthz", "/readyz")


class Freshness(NamedTuple):
    """The content version an answer was made of, and the moment (POSIX seconds) after which it may be wrong all the same."""

    version: tuple[int, int]
    until: float


class FreshnessMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"} or request.path_info.startswith(UNVERSIONED):
            return self.get_response(request)
        now = timezone.now()
        request.site_items = {}  # type: ignore[attr-defined]  # -- read by portal.web.context, also should the next line fail
        version = content_version(now)
        if version.apply_at is not None and version.apply_at <= now:
            apply_due(now)
            version = content_version(now)
        request.site_items = version.site_items  # type: ignore[attr-defined]  # -- as above
        request.content_version = version  # type: ignore[attr-defined]  # -- read by `content_version_of`
        etag = _etag(request, version, now)
        # Weak comparison (RFC 9110): a front server that compresses marks the tag as weak.
        known = {tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))}
        if etag in known:
            response: HttpResponseBase = HttpResponseNotModified()
        else:
            response = self.get_response(request)
        if response.status_code in {200, 304} and not response.has_header("Cache-Control"):
            freshness = Freshness((version.seq, version.pruned_seq), _boundary(version, now).timestamp())
            response["ETag"] = etag
            response["Cache-Control"] = cache_control(freshness.until - now.timestamp())
            response.freshness = freshness  # type: ignore[attr-defined]  # -- read by portal.web.response_cache
        return response


def content_version_of(request: HttpRequest) -> ContentVersion | None:
    """The version an answer is made of; None for a preview, which is of no version."""
    found: ContentVersion | None = getattr(request, "content_version", None)
    return found


def _etag(request: HttpRequest, version: ContentVersion, now: datetime) -> str:
    parts = (request.get_full_path(), request.LANGUAGE_CODE, str(version), timezone.localdate(now).isoformat(), RELEASE)
    digest = hashlib.blake2s("\n".join(parts).encode(errors="replace"), digest_size=12).hexdigest()
    return f'"{digest}"'


def cache_control(seconds_left: float) -> str:
    return f"public, max-age={max(0, min(LONGEST, int(seconds_left)))}, stale-if-error=86400"


def _boundary(version: ContentVersion, now: datetime) -> datetime:
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return min(midnight, version.next_due_at) if version.next_due_at else midnight
