import logging
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from portal.media.document import CONTENT_TYPES
from portal.media.document_name import DocumentName, document_name, download_name, parse_document_name
from portal.media.document_storage import open_document
from portal.publishing.lookup import find_public
from portal.web.errors import gone
from portal.web.public_view import PublicView
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
        headers = headers_of(row)
        unchanged = get_conditional_response(request, headers["ETag"], response=HttpResponse(headers=headers))
        if unchanged.status_code != 200:
            return unchanged
        return _whole(request, asked, headers)


def headers_of(row: Attachment) -> dict[str, str]:
    """The file is named after its public row: the file itself may have been uploaded under any name."""
    return {
        "Content-Type": CONTENT_TYPES[row.kind],
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(download_name(row.title, row.kind), safe='')}",
        "Content-Length": str(row.size),
        "ETag": f'"{row.sha256}"',
        "Cache-Control": KEEP_BUT_ASK,
        "Accept-Ranges": "none",
    }


def _whole(request: HttpRequest, asked: DocumentName, headers: dict[str, str]) -> HttpResponseBase:
    try:
        file = open_document(*asked)
    except FileNotFoundError as error:
        logger.error("attachment %s has a row but no file", document_name(*asked))
        raise Http404 from error
    if request.method == "HEAD":
        file.close()
        return HttpResponse(headers=headers)
    return FileResponse(file, headers=headers)


def _gone(request: HttpRequest, rows: list[Attachment]) -> HttpResponse:
    """What the page of its entry says, if the entry was public once; a file nobody could have seen is unknown."""
    for row in rows:
        if row.entry is not None and (reason := find_public(type(row.entry).objects.all(), row.entry.slug).gone):
            return gone(request, reason)
    raise Http404
