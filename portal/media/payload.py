"""Find what was smuggled into a picture: markup where browsers sniff, or files appended after its end.

Re-encoding removes all of it anyway; refusing tells the editor that the file is not what it seems. Ordinary appendices
(the second picture and the video of a phone's "live" photo) contain none of these marks.
"""

import re
from typing import Final

from portal.media.errors import PictureError

SNIFFED_BYTES: Final = 1445  # WHATWG MIME Sniffing, section 5.2
LOOKED_AT_BYTES: Final = 66_000  # a ZIP's directory end lies within 65,557 bytes of the file's end
MARKUP: Final = re.compile(rb"<script\b|<html\b|<!doctype html|<svg\s|<iframe\b|<\?php|%PDF-\d", re.IGNORECASE)
ZIP_END, ZIP_ENTRY = b"PK\x05\x06", b"PK\x01\x02"


def refuse_payload(data: bytes, end: int) -> None:
    """Raise PictureError when the upload `data`, whose picture ends at `end`, also is a page, PDF or archive."""
    appended = data[end:]
    places = (data[:SNIFFED_BYTES], appended[:LOOKED_AT_BYTES], appended[-LOOKED_AT_BYTES:])
    is_archive = ZIP_END in places[2] and ZIP_ENTRY in places[2]
    if is_archive or any(MARKUP.search(place) for place in places):
        raise PictureError("payload")
