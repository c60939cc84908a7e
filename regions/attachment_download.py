"""The answer that carries a document, for readers and for the staff who check it."""

from urllib.parse import quote

from django.http import FileResponse

from portal.media.document import CONTENT_TYPES
from portal.media.document_name import download_name
from portal.media.document_storage import open_document
from regions.models import Attachment


def download_headers(row: Attachment) -> dict[str, str]:
    """A download is named after its row: the file itself may have been uploaded under any name."""
    return {
        "Content-Type": CONTENT_TYPES[row.kind],
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(download_name(row.title, row.kind), safe='')}",
        "Content-Length": str(row.size),
    }


def download(row: Attachment) -> FileResponse:
    """The file of a row, always as a download; FileNotFoundError when it is missing."""
    response = FileResponse(open_document(row.sha256, row.kind))
    for name, value in download_headers(row).items():  # afterwards: Django would name it after the file on disk
        response[name] = value
    return response
