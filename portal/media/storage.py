"""The files of pictures: masters, which are private, and the renditions that readers get."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Final, NamedTuple

from django.core.files.storage import storages

from portal.media.keeping import NamedContent, StoredFile, discard, remove_files_on_commit, store_files, stored_files
from portal.media.picture import EXTENSIONS, Picture, original_name
from portal.media.renditions import CONTENT_TYPES, parse_rendition_name, rendition_names

__all__ = ["OpenRendition", "StoredPicture", "discard", "open_rendition", "remove_on_commit", "store_picture", "stored"]

ORIGINALS: Final = "originals"
RENDITIONS: Final = "renditions"


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """What a row needs to find the files again, and which of them this call `created` (others were there already)."""

    sha256: str
    width: int
    height: int
    original: str
    renditions: tuple[str, ...]
    created: tuple[StoredFile, ...]


class OpenRendition(NamedTuple):
    """An open file of a rendition; the caller closes it. `size` is in bytes."""

    file: IO[bytes]
    content_type: str
    size: int


def store_picture(picture: Picture) -> StoredPicture:
    """Write the picture's files, all or none; a file that is there already with the same bytes is left as it is."""
    return _described(picture, store_files(_files(picture)))


@contextmanager
def stored(picture: Picture) -> Iterator[StoredPicture]:
    """Write the picture's files for the block that saves its row; see `stored_files`."""
    with stored_files(_files(picture)) as created:
        yield _described(picture, created)


def remove_on_commit(sha256: str, width: int, *, is_used: Callable[[], bool]) -> None:
    """Remove a picture's files once the current transaction has committed; see `remove_files_on_commit`."""
    originals = [(ORIGINALS, original_name(sha256, extension)) for extension in EXTENSIONS]
    renditions = [(RENDITIONS, name) for name in rendition_names(sha256, width)]
    remove_files_on_commit([*originals, *renditions], is_used=is_used)


def open_rendition(name: str) -> OpenRendition:
    """Open a rendition by the name it is served under; FileNotFoundError for every name there is no file for."""
    parts = parse_rendition_name(name)
    if parts is None:
        raise FileNotFoundError(name)
    file = storages[RENDITIONS].open(name)
    return OpenRendition(file, CONTENT_TYPES[parts.extension], file.size)


def _described(picture: Picture, created: tuple[StoredFile, ...]) -> StoredPicture:
    names = tuple(rendition.name for rendition in picture.renditions)
    return StoredPicture(picture.sha256, picture.width, picture.height, picture.original_name, names, created)


def _files(picture: Picture) -> Iterator[NamedContent]:
    yield NamedContent(ORIGINALS, picture.original_name, picture.original)
    for rendition in picture.renditions:
        yield NamedContent(RENDITIONS, rendition.name, rendition.content)
