"""The page of a draft exactly as readers will get it: made public for the length of one transaction, answered, undone.

The page is the readers' own: its address is answered by the ordinary view. Nothing of it stays, and nobody else sees it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, OperationalError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound
from django.urls import get_script_prefix, resolve, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.media.addresses import files_root
from portal.media.renditions import parse_rendition_name
from portal.publishing.aggregate import digest, snapshot
from portal.publishing.editions import write_edition
from portal.publishing.filling import LostReferenceError, fill_entry
from portal.publishing.gate import findings
from portal.publishing.lifecycle import save_entry
from portal.publishing.models import FOREVER, Edition, Publishable, State, SubmissionItem
from portal.publishing.scope import visible_to
from portal.staff.site_items import entered_items

LOCK_PATIENCE = "800ms"
"""Shorter than PostgreSQL waits before it looks for deadlocks: where a preview and a publication meet, the preview gives way."""
KEPT_BY_CACHES = ("Cache-Control", "ETag", "Last-Modified", "Expires")


@dataclass(frozen=True, slots=True)
class Draft:
    """How the page is marked; templates read it as `request.draft`. `languages` are pairs of code and address."""

    languages: tuple[tuple[str, str], ...]
    is_printed: bool = False
    """On screen as it is on paper."""
    is_framed: bool = False
    """Inside a frame of the admin, where the pages it links to cannot be shown."""


class NotShownError(Exception):
    """Readers would not get the page even if the draft were published; `sentences` say why."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = list(sentences)
        super().__init__(" ".join(self.sentences))


class ChangedError(Exception):
    """The draft is not the text that was asked for."""


class BusyError(Exception):
    """Somebody is writing; nothing was shown."""


def draft_page(
    entry: Publishable, *, language: str, draft: Draft, files: str, also: Iterable[Publishable] = (), expected_digest: str = ""
) -> HttpResponse:
    """What readers would get at the entry's address, marked as a draft. Takes a write transaction, which leaves nothing.

    `files` is the path that answers for the page's pictures and documents, by `draft_file`. `also` are drafts that become
    public together with this one. With `expected_digest` it is exactly that text, or ChangedError.
    """
    others = list(also)
    token = files_root.set(files)
    try:
        with public_for_a_moment(entry, others, expected_digest) as live, translation.override(language):
            response: Any = _answer(live.get_absolute_url(), draft)
            if response.status_code == 200:
                return HttpResponse(response.getvalue(), content_type=response["Content-Type"])
    finally:
        files_root.reset(token)
    raise NotShownError(_why_not_shown(entry, others))


def draft_file(entry: Publishable, name: str, *, also: Iterable[Publishable] = ()) -> HttpResponseBase:
    """A picture or document as readers would get it with the draft published; Http404 for all others."""
    path = reverse("media" if parse_rendition_name(name) else "attachment", args=[name])
    response = _answer(path)
    if response.status_code != 200:
        with public_for_a_moment(entry, list(also)):
            response = _answer(path)
    if response.status_code != 200:
        raise Http404
    for header in KEPT_BY_CACHES:
        response.headers.pop(header, None)
    return response


def companions(entry: Publishable, user: Any) -> list[Any]:
    """The other texts of the submission the entry is in, as far as the user sees them; they become public together."""
    is_open = {"state__in": (SubmissionItem.State.WAITING, SubmissionItem.State.APPROVED)}
    item = SubmissionItem.objects.filter(entry_type=entry.type_label(), entry_id=entry.pk, **is_open).first()
    if item is None:
        return []
    keys: dict[Any, list[int]] = {}
    for other in SubmissionItem.objects.filter(submission=item.submission_id, **is_open).exclude(pk=item.pk):
        keys.setdefault(other.model, []).append(other.entry_id)
    return [row for model, found in keys.items() for row in visible_to(model._base_manager.filter(pk__in=found), user)]


@contextmanager
def public_for_a_moment(entry: Publishable, also: Iterable[Publishable] = (), expected_digest: str = "") -> Iterator[Any]:
    """The entry as readers will know it, inside a transaction that is always rolled back."""
    others = list(also)
    try:
        with transaction.atomic():
            try:
                _give_way()
                at = timezone.now()
                for other in others:
                    with suppress(IntegrityError, LostReferenceError, ObjectDoesNotExist), transaction.atomic():
                        _show(other, at)
                yield _show(entry, at, expected_digest)
            finally:
                transaction.set_rollback(True)
    except (IntegrityError, LostReferenceError) as error:
        raise NotShownError(_why_not_shown(entry, others)) from error
    except ObjectDoesNotExist as error:
        raise NotShownError([_("这条内容刚刚被删除或合并，请返回列表。")]) from error
    except OperationalError as error:
        raise BusyError from error


def _give_way() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_PATIENCE}'")


def _show(entry: Publishable, at: datetime, expected_digest: str = "") -> Any:
    """Write the entry and its edition as a publication of now would; without change rows and log, which no page shows."""
    rows: Any = type(entry)._base_manager.select_for_update()
    live = None if entry.is_live else rows.get(copies=entry.pk)  # the live row first, wherever both are locked
    row = rows.get(pk=entry.pk)
    taken = snapshot(row)
    if expected_digest and digest(taken) != expected_digest:
        raise ChangedError
    live = live or row
    if not live.is_published(at):
        live.visible_from, live.visible_until = at, FOREVER
    elif live is row:
        return live
    live.state, live.withdrawn_reason = State.PUBLISHED, ""
    if live is row:
        save_entry(live, by=None, at=at)
    else:
        fill_entry(live, taken, by=None, at=at)
    _settle(live, at)
    write_edition(live, snapshot(live), by=None, reason=live.change_note, kind=Edition.Kind.PUBLISHED, at=at)
    return live


def _settle(entry: Any, at: datetime) -> None:
    """What follows from the entry, as the lifecycle has it follow."""
    entry.settle()
    for other in {*entry.dependents_before, *entry.dependents()}:
        if other.rederive():
            save_entry(other, by=None, expected_version=other.version, at=at)
            _settle(other, at)


def _answer(path: str, draft: Draft | None = None) -> HttpResponseBase:
    """Answer an address as the site would, in the language at hand."""
    request = _request(path, draft)
    found = resolve(request.path_info)
    request.resolver_match = found
    try:
        response = found.func(request, *found.args, **found.kwargs)
    except Http404:
        return HttpResponseNotFound()
    if callable(getattr(response, "render", None)):
        response = response.render()
    answer: HttpResponseBase = response
    return answer


def _request(path: str, draft: Draft | None) -> Any:
    """A reader's request: no cookie, no person, nothing of who asks for the preview."""
    site, root = urlsplit(settings.SITE_URL), get_script_prefix()
    request: Any = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, f"/{path.removeprefix(root)}"
    request.META = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": root.rstrip("/"),
        "PATH_INFO": request.path_info,
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
    }
    request.LANGUAGE_CODE = translation.get_language()
    request.site_items = entered_items() if draft else {}
    request.draft = draft
    return request


def _why_not_shown(entry: Publishable, also: Iterable[Publishable]) -> list[str]:
    found = findings(entry, also_public={one.uuid for one in also})
    sentences = [f"{one.row}：{one.sentence}" if one.row else one.sentence for one in found]
    return sentences or [_("没有公开的内容用到它，所以现在发布了，读者也还看不到这一页。")]
