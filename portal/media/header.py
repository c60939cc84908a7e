"""What a picture file says about itself before it is decoded."""

from dataclasses import dataclass
from typing import Literal

Format = Literal["JPEG", "PNG", "WEBP"]


@dataclass(frozen=True, slots=True)
class Header:
    """The facts the limits are checked on.

    `content` is what the decoder may see: the picture without what was appended to it and, for PNG, without the
    chunks that are not needed. `end` is where the picture ends in the upload. `decoder_bytes` is what the decoder
    holds in memory besides the raster it produces.
    """

    format: Format
    width: int
    height: int
    content: bytes
    end: int
    decoder_bytes: int = 0

    @property
    def size(self) -> tuple[int, int]:
        return self.width, self.height
