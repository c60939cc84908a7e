"""Two pictures for the storage tests, and what is found on disk."""

import io

from portal.media.intake import read_picture

from .canvas import encoded, photo

PICTURE = read_picture(io.BytesIO(encoded(photo(700, 400))))
OTHER = read_picture(io.BytesIO(encoded(photo(400, 700))))


def files(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def names(picture):
    return sorted([picture.original_name, *(rendition.name for rendition in picture.renditions)])
