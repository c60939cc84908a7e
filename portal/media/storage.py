"""Keep the files of pictures in step with the rows that name them.

Files are written before their row commits and removed after their row's deletion commits, so a crash at any step leaves
at worst files without a row, never a row without its files.
"""

import logging
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Final, NamedTuple

from django.core.files.storage import storages
from django.db import transaction

from portal.media.picture import EXTENSIONS, Picture, original_name
from portal.media.renditions import CONTENT_TYPES, parse_rendition_name, rendition_names
from portal.media.shelf import Shelf, shelf_for

ORIGINALS: Final = "originals"
RENDITIONS: Final = "renditions"
logger = logging.getLogger(__name__)


class StoredFile(NamedTuple):
    """A file one call created: the storage's alias, its name there, and the receipt that lets it be taken back."""

    storage: str
    name: str
    receipt: int


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
    created: list[StoredFile] = []
    try:
        for storage, name, content in _files(picture):
            receipt = _shelf(storage).put(name, content)
            if receipt is not None:
                created.append(StoredFile(storage, name, receipt))
    except BaseException:
        discard(created)
        raise
    names = tuple(rendition.name for rendition in picture.renditions)
    return StoredPicture(picture.sha256, picture.width, picture.height, picture.original_name, names, tuple(created))


def discard(files: Iterable[StoredFile]) -> None:
    """Take back files a call created, except those another upload has claimed since; failures are logged only."""
    for file in files:
        try:
            _shelf(file.storage).take_back(file.name, file.receipt)
        except OSError:
            logger.exception("picture file %s could not be taken back", file.name)


@contextmanager
def stored(picture: Picture) -> Iterator[StoredPicture]:
    """Write the picture's files for the block that saves its row.

    When the block raises, or the transaction around it rolls back later, the files this call created are removed.
    """
    keeper = _Keeper(picture)
    try:
        yield keeper.stored
    except BaseException:
        keeper.withdraw()
        raise
    transaction.on_commit(keeper.keep, robust=True)


def remove_on_commit(sha256: str, width: int, *, is_used: Callable[[], bool]) -> None:
    """Remove a picture's files once the current transaction has committed, and never if it rolls back.

    `is_used` says whether any row still has that hash (a working copy shares the live row's files). It is asked after
    the commit, twice for each file, and may query.
    """

    def remove() -> None:
        for extension in EXTENSIONS:
            _shelf(ORIGINALS).remove(original_name(sha256, extension), is_used=is_used)
        for name in rendition_names(sha256, width):
            _shelf(RENDITIONS).remove(name, is_used=is_used)

    transaction.on_commit(remove, robust=True)


def open_rendition(name: str) -> OpenRendition:
    """Open a rendition by the name it is served under; FileNotFoundError for every name there is no file for."""
    parts = parse_rendition_name(name)
    if parts is None:
        raise FileNotFoundError(name)
    file = storages[RENDITIONS].open(name)
    return OpenRendition(file, CONTENT_TYPES[parts.extension], file.size)


class _Keeper:
    """Removes what it stored unless told to keep it.

    Django announces a commit but not a rollback: it drops the callbacks it held for the commit. The callback is the one
    thing that refers to a keeper, so dropping it ends the keeper, and its finaliser removes the files.
    """

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.stored = store_picture(picture)
        self.withdraw = weakref.finalize(self, discard, self.stored.created)

    def keep(self) -> None:
        """Keep the files; write again what a removal that overlapped this transaction took away."""
        self.withdraw.detach()
        store_picture(self.picture)


def _files(picture: Picture) -> Iterator[tuple[str, str, bytes]]:
    yield ORIGINALS, picture.original_name, picture.original
    for rendition in picture.renditions:
        yield RENDITIONS, rendition.name, rendition.content


def _shelf(alias: str) -> Shelf:
    return shelf_for(storages[alias])
