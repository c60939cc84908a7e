"""How large a picture may be, decided from its header before a single pixel is decoded."""

from typing import Final

from portal.media.errors import PictureError
from portal.media.header import Header

FILE_BYTES: Final = 25 * 1024 * 1024
JPEG_PIXELS: Final = 200_000_000
DECODED_PIXELS: Final = 40_000_000
DECODED_BYTES: Final = 208_000_000  # raster and decoder together: PNG 40, WebP 13, progressive JPEG about 50 MP
SHORT_SIDE: Final = 16
RATIO: Final = 20
MASTER_SIDE: Final = 4000
RASTER_BYTES: Final = 4  # a pixel, in Pillow's RGB, RGBA and CMYK rasters alike
REDUCTIONS: Final = {"JPEG": (1, 2, 4, 8), "PNG": (1,), "WEBP": (1,)}


def decoding_reduction(header: Header) -> int:
    """Return by how much to shrink each side while decoding (1, 2, 4 or 8), or raise PictureError.

    Only JPEG can be shrunk by its decoder. The result keeps at least the master's size where memory allows.
    """
    _check_shape(header)
    for reduction in REDUCTIONS[header.format]:
        if _fits(header, reduction) and max(header.size) // (reduction * 2) < MASTER_SIDE:
            return reduction
    last = REDUCTIONS[header.format][-1]
    if _fits(header, last):
        return last
    raise _too_many_pixels(header)


def _check_shape(header: Header) -> None:
    short, long = sorted(header.size)
    if header.width * header.height > JPEG_PIXELS:
        raise _too_many_pixels(header)
    if short < SHORT_SIDE:
        raise PictureError("too_small", width=header.width, height=header.height, side=SHORT_SIDE)
    if long > short * RATIO:
        raise PictureError("too_long", width=header.width, height=header.height, ratio=RATIO)


def _fits(header: Header, reduction: int) -> bool:
    pixels = -(-header.width // reduction) * -(-header.height // reduction)
    return pixels <= DECODED_PIXELS and pixels * RASTER_BYTES + header.decoder_bytes <= DECODED_BYTES


def _too_many_pixels(header: Header) -> PictureError:
    return PictureError("too_many_pixels", width=header.width, height=header.height, side=MASTER_SIDE)
