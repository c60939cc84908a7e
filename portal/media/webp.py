"""Read a WebP's header and find its end without decoding it (RFC 9649)."""

from collections.abc import Iterator
from typing import Final

from portal.media.errors import PictureError
from portal.media.header import Header

RIFF_BYTES: Final = 12
CHUNK_BYTES: Final = 8
MAX_CHUNKS: Final = 1_000
ANIMATION: Final = 0x02  # flag in VP8X
ANIMATED: Final = frozenset({b"ANIM", b"ANMF"})
# Pillow decodes WebP as a one-frame animation: two canvases and one copy besides the raster, 4 bytes a pixel each.
HELD_BYTES: Final = 12


def webp_header(data: bytes) -> Header:
    """Return the header of a WebP; raise PictureError when it is damaged, cut short or animated."""
    end = CHUNK_BYTES + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise PictureError("truncated")
    chunks = list(_chunks(data, end))
    if any(name in ANIMATED or (name == b"VP8X" and head and head[0] & ANIMATION) for name, head in chunks):
        raise PictureError("animated")
    if not chunks:
        raise PictureError("damaged")
    width, height = _canvas_size(*chunks[0])
    return Header("WEBP", width, height, data[:end], end, width * height * HELD_BYTES)


def _canvas_size(name: bytes, head: bytes) -> tuple[int, int]:
    """Return the size by the first chunk; libwebp refuses a picture that differs from its canvas."""
    if name == b"VP8X" and len(head) == 10:
        return int.from_bytes(head[4:7], "little") + 1, int.from_bytes(head[7:10], "little") + 1
    if name == b"VP8L" and len(head) >= 5 and head[0] == 0x2F:
        bits = int.from_bytes(head[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if name == b"VP8 " and len(head) == 10 and head[3:6] == b"\x9d\x01\x2a":
        return int.from_bytes(head[6:8], "little") & 0x3FFF, int.from_bytes(head[8:10], "little") & 0x3FFF
    raise PictureError("damaged")


def _chunks(data: bytes, end: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield each chunk's name and its first 10 bytes, which hold all a header says."""
    at = RIFF_BYTES
    for _ in range(MAX_CHUNKS):
        if at + CHUNK_BYTES > end:
            return
        start = at + CHUNK_BYTES
        length = int.from_bytes(data[at + 4 : start], "little")
        if start + length > end:
            raise PictureError("truncated")
        yield data[at : at + 4], data[start : start + min(length, 10)]
        at = start + length + length % 2
    raise PictureError("damaged")
