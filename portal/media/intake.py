"""Take an upload and return a picture that is safe to keep and to serve, or say what is wrong with it."""

from typing import IO, Final

from portal.media.errors import PictureError
from portal.media.header import Header
from portal.media.jpeg import jpeg_header
from portal.media.kind import picture_format
from portal.media.limits import FILE_BYTES
from portal.media.payload import refuse_payload
from portal.media.picture import Picture
from portal.media.pixels import upright_pixels
from portal.media.png import png_header
from portal.media.webp import webp_header

HEADER_READERS: Final = {"JPEG": jpeg_header, "PNG": png_header, "WEBP": webp_header}


def read_picture(file: IO[bytes], *, name: str = "") -> Picture:
    """Return the picture in a file, upright, sRGB, re-encoded, without metadata.

    Whatever the bytes are, the only error is PictureError; `name` (as uploaded) only makes its sentence clearer.
    """
    try:
        return Picture.from_pixels(upright_pixels(_header(_content(file))))
    except PictureError as error:
        raise error.about(name) from error.__cause__


def _content(file: IO[bytes]) -> bytes:
    """Read the whole upload; one that declares or turns out to have too many bytes is refused."""
    declared = getattr(file, "size", None) or 0
    if declared <= FILE_BYTES:
        file.seek(0)
        data = file.read(FILE_BYTES + 1)
        if len(data) <= FILE_BYTES:
            return data
    raise PictureError("too_big", megabytes=FILE_BYTES // 1024 // 1024)


def _header(data: bytes) -> Header:
    header = HEADER_READERS[picture_format(data)](data)
    refuse_payload(data, header.end)
    return header
