"""An accepted picture: the re-encoded master and its renditions. No byte of the upload is kept."""

import io
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal, Self

from PIL import Image

from portal.media.renditions import Rendition, render

QUALITY: Final = 92
DRAWING_COLOURS: Final = 256
SAMPLE_SIDE: Final = 512  # pixels
EXTENSIONS: Final = ("jpg", "png")


@dataclass(frozen=True, slots=True)
class Picture:
    """`original` is the master, `sha256` its hash in hex; width and height are the master's, in pixels, upright."""

    original: bytes
    original_extension: Literal["jpg", "png"]
    sha256: str
    width: int
    height: int
    renditions: tuple[Rendition, ...]

    @classmethod
    def from_pixels(cls, pixels: Image.Image) -> Self:
        """Encode upright RGB pixels; the same pixels give the same bytes."""
        extension, original = _master(pixels)
        digest = sha256(original).hexdigest()
        return cls(original, extension, digest, pixels.width, pixels.height, render(pixels, digest))

    @property
    def original_name(self) -> str:
        return original_name(self.sha256, self.original_extension)


def original_name(sha256: str, extension: str) -> str:
    return f"{sha256}.{extension}"


def _master(pixels: Image.Image) -> tuple[Literal["jpg", "png"], bytes]:
    if _is_drawing(pixels):
        return "png", _png(pixels)
    return "jpg", _jpeg(pixels)


def _is_drawing(pixels: Image.Image) -> bool:
    """Tell a drawing, which PNG keeps sharp and small, from a photograph; a grey photograph has few colours too."""
    if pixels.getcolors(DRAWING_COLOURS) is None:
        return False
    left, top = max(0, pixels.width - SAMPLE_SIDE) // 2, max(0, pixels.height - SAMPLE_SIDE) // 2
    box = (left, top, min(left + SAMPLE_SIDE, pixels.width), min(top + SAMPLE_SIDE, pixels.height))
    sample = pixels.crop(box)
    return len(_png(sample)) <= len(_jpeg(sample))


def _png(pixels: Image.Image) -> bytes:
    encoded = io.BytesIO()
    pixels.save(encoded, "PNG")
    return encoded.getvalue()


def _jpeg(pixels: Image.Image) -> bytes:
    encoded = io.BytesIO()
    pixels.save(encoded, "JPEG", quality=QUALITY, subsampling="4:4:4")
    return encoded.getvalue()
