"""An accepted document: a PDF, Word or Excel file, kept byte for byte as it was uploaded."""

from dataclasses import dataclass
from hashlib import sha256
from typing import IO, Final, Literal

from portal.media.document_error import DocumentError
from portal.media.document_kind import HEAD_BYTES, is_pdf, is_zip, refuse_other_kind
from portal.media.document_name import clean_name, document_name, suffix_of
from portal.media.document_office import check_office
from portal.media.document_pdf import check_pdf

FILE_BYTES: Final = 20 * 1024 * 1024
CONTENT_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Document:
    """`sha256` is the content's hash in hex; `original` the upload's own name, cleaned."""

    content: bytes
    kind: Literal["pdf", "docx", "xlsx"]
    sha256: str
    original: str

    @property
    def name(self) -> str:
        """What the file is stored and served under."""
        return document_name(self.sha256, self.kind)

    @property
    def size(self) -> int:
        return len(self.content)


def read_document(file: IO[bytes], *, name: str = "") -> Document:
    """Return the document in a file, or say what is wrong with it: the only error is DocumentError.

    The declared size and the first bytes are judged before the rest is read. `name` is the upload's own name.
    """
    original = clean_name(name)
    try:
        content = _content(file)
        kind = _checked_kind(content)
        _compare_suffix(suffix_of(original), kind)
    except DocumentError as error:
        raise error.about(original) from error.__cause__
    return Document(content, kind, sha256(content).hexdigest(), original)


def _content(file: IO[bytes]) -> bytes:
    too_big = DocumentError("too_big", megabytes=FILE_BYTES // MEGABYTE)
    if (getattr(file, "size", None) or 0) > FILE_BYTES:
        raise too_big
    file.seek(0)
    head = file.read(HEAD_BYTES)
    if not (is_pdf(head) or is_zip(head)):
        raise refuse_other_kind(head)
    content = head + file.read(FILE_BYTES + 1 - len(head))
    if len(content) > FILE_BYTES:
        raise too_big
    return content


def _checked_kind(content: bytes) -> Literal["pdf", "docx", "xlsx"]:
    if is_zip(content):
        return check_office(content)
    check_pdf(content)
    return "pdf"


def _compare_suffix(suffix: str, kind: str) -> None:
    if not suffix:
        raise DocumentError("no_suffix", kind=kind)
    if suffix != f".{kind}":
        raise DocumentError("other_name", suffix=suffix, kind=kind)
