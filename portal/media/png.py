"""Read a PNG's header and keep only the chunks its decoder needs (PNG specification, third edition)."""

from collections.abc import Iterator
from typing import Final

from portal.media.errors import PictureError
from portal.media.header import Header

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
DECODED: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
CONSULTED: Final = frozenset({b"iCCP", b"eXIf"})
XMP: Final = b"XML:com.adobe.xmp\0\0"  # may hold the orientation; only where it is not compressed
CONSULTED_BYTES: Final = 1024 * 1024
MAX_CHUNKS: Final = 50_000


def png_header(data: bytes) -> Header:
    """Return the header of a PNG; raise PictureError when it is damaged, cut short or animated.

    Text chunks, which may unpack to any size, are dropped before the decoder sees them.
    """
    kept = [SIGNATURE]
    end = len(SIGNATURE)
    size = (0, 0)
    for name, start, after in _chunks(data):
        if (name == b"IHDR") != (start == len(SIGNATURE)):
            raise PictureError("damaged")
        if name == b"IHDR":
            size = _number(data, start + 8), _number(data, start + 12)
        if name == b"acTL":
            raise PictureError("animated")
        if _is_needed(name, data[start + 8 : start + 8 + len(XMP)], after - start):
            kept.append(data[start:after])
        end = after
    return Header("PNG", *size, b"".join(kept), end)


def _is_needed(name: bytes, opening: bytes, length: int) -> bool:
    if name in DECODED:
        return True
    return length <= CONSULTED_BYTES and (name in CONSULTED or (name == b"iTXt" and opening == XMP))


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield each chunk's name, the offset where it starts and the offset after it, up to and with IEND."""
    at = len(SIGNATURE)
    for _ in range(MAX_CHUNKS):
        if at + 12 > len(data):
            raise PictureError("truncated")
        name = data[at + 4 : at + 8]
        after = at + 12 + _number(data, at)
        if after > len(data):
            raise PictureError("truncated")
        yield name, at, after
        if name == b"IEND":
            return
        at = after
    raise PictureError("damaged")


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "big")
