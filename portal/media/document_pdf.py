"""Refuse PDF files that run something, carry other files, are locked, or are not whole (ISO 32000-2)."""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from portal.media.document_error import DocumentError

HEADER: Final = re.compile(rb"%PDF-(1\.[0-7]|2\.0)[\s%]")
TAIL_BYTES: Final = 2048
LOOKED_AT_BYTES: Final = 66_000  # a ZIP's directory end lies within 65,557 bytes of the file's end
UNPACKED_BYTES: Final = 64 * 1024 * 1024
ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM: Final = re.compile(rb"stream\r?\n")
OBJECT: Final = re.compile(rb"\bobj\b")
OBJECT_STREAM: Final = re.compile(rb"/ObjStm\b")
DICTIONARY_BYTES: Final = 2048
NAME_ENDS: Final = rb"(?=[\s/<>\[\](){}%]|\Z)"
RULES: Final = (
    ("encrypted", re.compile(rb"/Encrypt" + NAME_ENDS)),
    ("script", re.compile(rb"/(?:JavaScript|Launch|SubmitForm|ImportData|XFA)" + NAME_ENDS)),
    # Two letters also turn up by chance in compressed pictures; as a key they are followed by a text or a reference.
    ("script", re.compile(rb"/JS\s*(?:\(|<|\d+\s+\d+\s+R\b)")),
    ("embedded", re.compile(rb"/(?:EmbeddedFiles?|RichMedia|GoToE)" + NAME_ENDS)),
)
OPEN_ACTION: Final = re.compile(rb"/OpenAction\s*(?:(<<)|(\d+)\s+(\d+)\s+R\b)")
ACTION: Final = re.compile(rb"/S\s*/(?!GoTo" + NAME_ENDS + rb")\w+")
ACTION_BYTES: Final = 400


def check_pdf(data: bytes) -> None:
    """Raise DocumentError for a PDF with scripts, actions, embedded files, a password, or without its end.

    Read are the file's own bytes, names written with #xx included, and its object streams (compressed dictionaries)
    when these are deflated, as every common program writes them. What stays hidden: a file built to be read
    differently by a forgiving viewer, such as an object stream far from its dictionary, and what a viewer's own
    faults make of fonts and pictures. This keeps out what is dangerous by design; it is no virus scanner.
    """
    if not HEADER.match(data):
        raise DocumentError("damaged")
    if b"%%EOF" not in data[-TAIL_BYTES:] or b"startxref" not in data[-TAIL_BYTES:]:
        raise DocumentError("truncated")
    tail = data[-LOOKED_AT_BYTES:]
    if b"PK\x05\x06" in tail and b"PK\x01\x02" in tail:
        raise DocumentError("payload")
    _check_names(data)
    for unpacked in _object_streams(data):
        _check_names(unpacked)


def _check_names(data: bytes) -> None:
    text = ESCAPE.sub(lambda match: bytes((int(match[1], 16),)), data)
    for code, rule in RULES:
        if rule.search(text):
            raise DocumentError(code)
    for match in OPEN_ACTION.finditer(text):
        if ACTION.search(_action(text, match)):
            raise DocumentError("script")


def _action(text: bytes, match: re.Match[bytes]) -> bytes:
    """What happens on opening: the dictionary in place, or the object referred to if it stands in these bytes."""
    if match[1]:
        return text[match.end() : match.end() + ACTION_BYTES]
    found = re.search(rb"(?<!\d)%s\s+%s\s+obj\b" % (match[2], match[3]), text)
    return text[found.end() : found.end() + ACTION_BYTES].partition(b"endobj")[0] if found else b""


def _object_streams(data: bytes) -> Iterator[bytes]:
    """The compressed dictionaries of a file, unpacked; one that cannot be unpacked is refused."""
    left = UNPACKED_BYTES
    for match in STREAM.finditer(data):
        window = data[max(0, match.start() - DICTIONARY_BYTES) : match.start()]
        starts = list(OBJECT.finditer(window))
        head = ESCAPE.sub(lambda escape: bytes((int(escape[1], 16),)), window[starts[-1].end() :] if starts else window)
        if not OBJECT_STREAM.search(head):
            continue
        unpacked = _inflated(data, match.end(), left) if b"/Filter" in head else data[match.end() :].partition(b"endstream")[0]
        left -= len(unpacked)
        yield unpacked


def _inflated(data: bytes, start: int, most: int) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(memoryview(data)[start:], most + 1)
    except zlib.error as error:
        raise DocumentError("unreadable") from error
    if len(unpacked) > most:
        raise DocumentError("too_complex")
    return unpacked
