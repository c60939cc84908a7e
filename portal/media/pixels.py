"""Decode a checked picture into upright sRGB pixels, in little memory.

The decoded raster is walked in bands: each band is made opaque, brought to sRGB and shrunk into the result, so that at
no time a second full-size raster exists. Orientation is applied last, on the shrunk pixels.
"""

import io
from collections.abc import Iterator
from math import ceil, floor
from typing import Final

from PIL import ExifTags, Image
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from portal.media.colour import opaque, srgb_transform, to_srgb
from portal.media.errors import PictureError
from portal.media.header import Format, Header
from portal.media.limits import MASTER_SIDE, decoding_reduction

# The decoders by name, not Image.open(): it would also try a multi-picture reader, and its own limit on pixels, one
# number for all formats, stands above what a PNG may have and below what a JPEG may have.
DECODERS: Final[dict[Format, type[ImageFile]]] = {"JPEG": JpegImageFile, "PNG": PngImageFile, "WEBP": WebPImageFile}
TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
BAND_ROWS: Final = 128
BICUBIC_SUPPORT: Final = 2  # source pixels either side, at scale 1


def upright_pixels(header: Header) -> Image.Image:
    """Return the picture as RGB, upright, at most MASTER_SIDE long; raise PictureError for whatever is wrong with it."""
    reduction = decoding_reduction(header)
    try:
        pixels, turn = _decoded(header, reduction)
    except PictureError:
        raise
    except Exception as error:  # on hostile bytes decoders raise anything, MemoryError included
        raise PictureError("damaged") from error
    return pixels if turn is None else pixels.transpose(turn)


def _decoded(header: Header, reduction: int) -> tuple[Image.Image, Image.Transpose | None]:
    """Return the shrunk pixels and the turn they need; the full raster is freed on return, before they are turned."""
    with DECODERS[header.format](io.BytesIO(header.content), "") as image:
        if image.size != header.size:
            raise PictureError("damaged")
        image.draft(None, (header.width // reduction, header.height // reduction))
        image.load()  # before the orientation is read: reading a PNG's may load it, and would swallow the error
        return _shrunk(image), TURNS.get(_orientation(image))


def _orientation(image: ImageFile) -> int:
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # noqa: BLE001 -- cameras write broken EXIF; the picture itself may be sound
        return 1


def _shrunk(image: Image.Image) -> Image.Image:
    result = Image.new("RGB", _fitting(image.size))
    sample = opaque(image.crop((0, 0, 1, 1)))
    transform = srgb_transform(image.info.get("icc_profile"), sample.mode)
    scale = image.height / result.height
    for top, bottom in _bands(result.height):
        first, last = _source_rows(image.height, scale, top, bottom)
        band = to_srgb(opaque(image.crop((0, first, image.width, last))), transform)
        if image.size != result.size:
            box = (0.0, top * scale - first, float(image.width), min(bottom * scale - first, band.height))
            band = band.resize((result.width, bottom - top), Image.Resampling.BICUBIC, box)
        result.paste(band, (0, top))
    return result


def _source_rows(height: int, scale: float, top: int, bottom: int) -> tuple[int, int]:
    """Return the rows a band of the result is made from, with those its edges' filter reaches into."""
    margin = ceil(BICUBIC_SUPPORT * scale) + 1 if scale > 1 else 0
    return max(0, floor(top * scale) - margin), min(height, ceil(bottom * scale) + margin)


def _bands(height: int) -> Iterator[tuple[int, int]]:
    for top in range(0, height, BAND_ROWS):
        yield top, min(top + BAND_ROWS, height)


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    scale = min(1.0, MASTER_SIDE / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
