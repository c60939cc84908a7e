"""Uploaded documents and the rows that name them: file first, row after, removed again when the row is not written."""

from collections.abc import Iterator
from contextlib import contextmanager

from portal.media.document import Document
from portal.media.document_name import DocumentName
from portal.media.document_storage import stored_document
from regions.models import Attachment
from regions.models.attachment import release_files


def describe(row: Attachment, document: Document) -> None:
    """Set the columns that follow from the document."""
    row.kind, row.sha256, row.size, row.original = document.kind, document.sha256, document.size, document.original


@contextmanager
def kept_document(row: Attachment, document: Document) -> Iterator[None]:
    """Store a document for the block that saves its row; the file the row named before is removed after the commit."""
    before = Attachment.objects.filter(pk=row.pk).names()
    with stored_document(document):
        describe(row, document)
        yield
    release_files(name for name in before if name != DocumentName(document.sha256, document.kind))
