import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from portal.media.document_name import document_name, parse_document_name
from portal.media.document_storage import open_document
from portal.publishing.lookup import find_public
from portal.web.errors import gone
from portal.web.public_view import PublicView
from regions.attachment_download import download, download_headers
from regions.models import Attachment

KEEP_BUT_ASK = "public, max-age=0, must-revalidate"
"""A file that is withdrawn must not be had from a cache a minute longer, so every use is asked for again: a 304."""

logger = logging.getLogger(__name__)


class AttachmentFile(PublicView):
    """A document, while a public entry has it; whole, never in ranges. Two queries: version, row."""

    def get(self, request: HttpRequest, name: str) -> HttpResponseBase:
        asked = parse_document_name(name)
        if asked is None:
            raise Http404
        rows = Attachment.objects.filter(sha256=asked.sha256, kind=asked.kind)
        row = rows.published().order_by("pk").first()
        if row is None:
            return _gone(request, list(rows.order_by("pk")[:3]))
        kept = {"ETag": f'"{row.sha256}"', "Cache-Control": KEEP_BUT_ASK, "Accept-Ranges": "none"}
        head = HttpResponse(headers=download_headers(row) | kept)
        answer = get_conditional_response(request, kept["ETag"], response=head)
        if answer is not None and answer is not head:
            return answer
        return _with_file(request, row, head)


def _with_file(request: HttpRequest, row: Attachment, head: HttpResponse) -> HttpResponseBase:
    try:
        if request.method == "HEAD":
            open_document(row.sha256, row.kind).close()
            return head
        response = download(row)
    except FileNotFoundError as error:
        logger.error("attachment %s has a row but no file", document_name(row.sha256, row.kind))
        raise Http404 from error
    for name, value in head.headers.items():
        response[name] = value
    return response


def _gone(request: HttpRequest, rows: list[Attachment]) -> HttpResponse:
    """What the page of its entry says, if the entry was public once; a file nobody could have seen is unknown."""
    for row in rows:
        if row.entry is not None and (reason := find_public(type(row.entry).objects.all, row.entry.slug).gone):
            return gone(request, reason)
    raise Http404
