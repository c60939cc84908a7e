"""The files of documents, in a private folder under the hash of their content."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import IO, Final

from django.core.files.storage import storages

from portal.media.document import Document
from portal.media.document_name import document_name
from portal.media.keeping import NamedContent, StoredFile, remove_files_on_commit, stored_files

ATTACHMENTS: Final = "attachments"


def stored_document(document: Document) -> AbstractContextManager[tuple[StoredFile, ...]]:
    """Write the document's file for the block that saves its row; see `stored_files`."""
    return stored_files([NamedContent(ATTACHMENTS, document.name, document.content)])


def remove_document_on_commit(sha256: str, kind: str, *, is_used: Callable[[], bool]) -> None:
    """Remove a document's file once the current transaction has committed; see `remove_files_on_commit`."""
    remove_files_on_commit([(ATTACHMENTS, document_name(sha256, kind))], is_used=is_used)


def open_document(sha256: str, kind: str) -> IO[bytes]:
    """Open a stored document, which the caller closes; FileNotFoundError when there is none."""
    return storages[ATTACHMENTS].open(document_name(sha256, kind))
