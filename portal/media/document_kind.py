"""What a document is, by its first bytes; a name or a declared type proves nothing."""

from typing import Final

from portal.media.document_error import DocumentError

HEAD_BYTES: Final = 1024
PDF, ZIP = b"%PDF-", b"PK\x03\x04"

# (first bytes, code of the sentence that helps the editor)
SIGNATURES: Final = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_office"),
    (b"{\\rtf", "rtf"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
    (b"PK\x05\x06", "zip"),
    (b"Rar!", "zip"),
    (b"7z\xbc\xaf\x27\x1c", "zip"),
    (b"\x1f\x8b", "zip"),
    (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG", "picture"),
    (b"GIF8", "picture"),
    (b"RIFF", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"BM", "picture"),
)


def is_pdf(head: bytes) -> bool:
    return head.startswith(PDF)


def is_zip(head: bytes) -> bool:
    return head.startswith(ZIP)


def refuse_other_kind(head: bytes) -> DocumentError:
    """The refusal of what is neither a PDF nor a ZIP."""
    if not head:
        return DocumentError("empty")
    for signature, code in SIGNATURES:
        if head.startswith(signature):
            return DocumentError(code)
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n").lower()
    is_page = text.startswith((b"<html", b"<!doctype html", b"<script", b"<svg", b"<?xml", b"mime-version:"))
    return DocumentError("page" if is_page else "unknown")
