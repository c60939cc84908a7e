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
MOST_ESCAPES: Final = 100_000  # some hundreds turn up by chance in the pictures of a large file
STREAM: Final = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)")  # a lone CR is against the standard, and read all the same
OBJECT_STREAM: Final = re.compile(b"/" + b"".join(b"(?:%c|#%02X|#%02x)" % (letter, letter, letter) for letter in b"ObjStm"))
PLAIN_OBJECTS: Final = re.compile(rb"\s*\d+\s+\d+\s")
MOST_OBJECT_STREAMS: Final = 20_000
DICTIONARY_BYTES: Final = 16 * 1024
CHUNK_BYTES: Final = 64 * 1024
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
MOST_OPEN_ACTIONS: Final = 20  # one, and one more for each time the file was saved again


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
    text, escapes = ESCAPE.subn(lambda match: bytes((int(match[1], 16),)), data, count=MOST_ESCAPES)
    if escapes == MOST_ESCAPES:
        raise DocumentError("unreadable")
    for code, rule in RULES:
        if rule.search(text):
            raise DocumentError(code)
    for number, match in enumerate(OPEN_ACTION.finditer(text)):
        if number == MOST_OPEN_ACTIONS or ACTION.search(_action(text, match)):
            raise DocumentError("script")


def _action(text: bytes, match: re.Match[bytes]) -> bytes:
    """What happens on opening: the dictionary in place, or the object referred to if it stands in these bytes."""
    if match[1]:
        return text[match.end() : match.end() + ACTION_BYTES]
    found = re.search(rb"(?<!\d)%s\s+%s\s+obj\b" % (match[2], match[3]), text)
    return text[found.end() : found.end() + ACTION_BYTES].partition(b"endobj")[0] if found else b""


def _object_streams(data: bytes) -> Iterator[bytes]:
    """The compressed dictionaries of a file, unpacked; what is not compressed is checked with the file's own bytes."""
    seen: set[int] = set()
    left = UNPACKED_BYTES
    for start in _object_stream_starts(data):
        if start in seen or PLAIN_OBJECTS.match(data, start):
            continue
        seen.add(start)
        unpacked, read = _inflated(data, start, left)
        left -= max(read, len(unpacked))
        if left < 0 or len(seen) > MOST_OBJECT_STREAMS:
            raise DocumentError("too_complex")
        yield unpacked


def _object_stream_starts(data: bytes) -> Iterator[int]:
    """Where the stream after each dictionary of an object stream begins; both are walked through once."""
    streams = (match.end() for match in STREAM.finditer(data))
    start = next(streams, None)
    for match in OBJECT_STREAM.finditer(data):
        while start is not None and start <= match.end():
            start = next(streams, None)
        if start is not None and start <= match.end() + DICTIONARY_BYTES:
            yield start


def _inflated(data: bytes, start: int, most: int) -> tuple[bytes, int]:
    """The deflated bytes from `start`, at most one more than `most`, and how many bytes were read for them."""
    unpacker = zlib.decompressobj()
    unpacked, at = bytearray(), start
    try:
        while not unpacker.eof and at < len(data) and max(len(unpacked), at - start) <= most:
            unpacked += unpacker.decompress(unpacker.unconsumed_tail + data[at : at + CHUNK_BYTES], most + 1 - len(unpacked))
            at += CHUNK_BYTES
    except zlib.error as error:
        raise DocumentError("unreadable") from error
    return bytes(unpacked), at - start
