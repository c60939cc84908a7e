"""Which of the three accepted formats a file is, by its first bytes; a name or a declared type proves nothing."""

from typing import Final

from portal.media.errors import PictureError
from portal.media.header import Format

HEAD_BYTES: Final = 1024

# (offset, bytes, code of the sentence that helps the editor)
SIGNATURES: Final = (
    (0, b"GIF8", "gif"),
    (0, b"II*\0", "tiff"),
    (0, b"MM\0*", "tiff"),
    (0, b"II+\0", "tiff"),
    (0, b"MM\0+", "tiff"),
    (0, b"BM", "bmp"),
    (0, b"8BPS", "psd"),
    (0, b"PK\x03\x04", "zip"),
    (0, b"\xff\x0a", "jxl"),
    (4, b"JXL \r\n", "jxl"),
    (4, b"jP  \r\n", "jp2"),
    (0, b"\x1aE\xdf\xa3", "video"),
    (8, b"AVI ", "video"),
)
BRANDS: Final = {b"avif": "avif", b"avis": "avif"} | dict.fromkeys(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"), "heic"
)


def picture_format(data: bytes) -> Format:
    """Return the format of an upload; raise PictureError naming what it is instead."""
    if not data:
        raise PictureError("empty")
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    raise PictureError(_other_kind(data[:HEAD_BYTES]))


def _other_kind(head: bytes) -> str:
    for offset, signature, code in SIGNATURES:
        if head.startswith(signature, offset):
            return code
    if head[4:8] == b"ftyp":
        return _brand_kind(head)
    if b"%PDF-" in head:
        return "pdf"
    return _text_kind(head)


def _brand_kind(head: bytes) -> str:
    """Tell HEIC, AVIF and video apart; the major brand may be the neutral mif1, so AVIF is looked for first."""
    boxes = head[8 : min(int.from_bytes(head[:4], "big"), len(head))]
    brands = {BRANDS.get(boxes[at : at + 4], "") for at in range(0, len(boxes), 4)}
    return "avif" if "avif" in brands else "heic" if "heic" in brands else "video"


def _text_kind(head: bytes) -> str:
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n").lower()
    if b"<svg" in text:
        return "svg"
    if b"<html" in text or b"<!doctype html" in text or b"<script" in text:
        return "html"
    return "xml" if text.startswith(b"<") else "unknown"
