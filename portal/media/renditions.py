"""The sizes a published picture is served in: their widths, names and bytes.

Everything but the bytes follows from the picture's hash and width, so nothing else needs to be stored.
"""

import io
import re
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from PIL import Image

WIDTHS: Final = (320, 640, 1280)
STEM_LENGTH: Final = 24  # of the master's SHA-256 in hex: 96 bits
CONTENT_TYPES: Final = {"webp": "image/webp", "jpg": "image/jpeg"}
NAME: Final = re.compile(r"([0-9a-f]{24})-([1-9][0-9]{0,3})\.(webp|jpg)", re.ASCII)
QUALITY: Final = 82


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file: size in pixels, format, encoded bytes, and the name it is stored and served under."""

    width: int
    height: int
    format: Literal["webp", "jpeg"]
    content: bytes
    name: str


class RenditionName(NamedTuple):
    stem: str
    width: int
    extension: str


def rendition_widths(width: int) -> tuple[int, ...]:
    """Return the widths in pixels offered for a master of that width, ascending; never wider than it."""
    return tuple(offered for offered in WIDTHS if offered <= width) or (width,)


def rendition_names(sha256: str, width: int) -> tuple[str, ...]:
    """Return the names of all renditions of a master of that hash and width, WebP before JPEG at each width."""
    return tuple(rendition_name(sha256, offered, extension) for offered in rendition_widths(width) for extension in CONTENT_TYPES)


def rendition_name(sha256: str, width: int, extension: str) -> str:
    return f"{sha256[:STEM_LENGTH]}-{width}.{extension}"


def parse_rendition_name(name: str) -> RenditionName | None:
    """Return the parts of a name this module could have made; None for every other text."""
    match = NAME.fullmatch(name)
    return RenditionName(match[1], int(match[2]), match[3]) if match else None


def render(pixels: Image.Image, sha256: str) -> tuple[Rendition, ...]:
    """Return the renditions of upright RGB pixels, in the order of `rendition_names`."""
    made: list[Rendition] = []
    for width in rendition_widths(pixels.width):
        height = max(1, round(pixels.height * width / pixels.width))
        small = pixels.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        webp, jpeg = io.BytesIO(), io.BytesIO()
        small.save(webp, "WEBP", quality=QUALITY, method=4)
        small.save(jpeg, "JPEG", quality=QUALITY, progressive=True, optimize=True)
        made += (
            Rendition(width, height, "webp", webp.getvalue(), rendition_name(sha256, width, "webp")),
            Rendition(width, height, "jpeg", jpeg.getvalue(), rendition_name(sha256, width, "jpg")),
        )
    return tuple(made)
