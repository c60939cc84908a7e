"""Keep files in step with the rows that name them.

Files are written before their row commits and removed after their row's deletion commits, so a crash at any step leaves
at worst files without a row, never a row without its files.
"""

import logging
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.core.files.storage import storages
from django.db import transaction

from portal.media.shelf import Shelf, shelf_for

logger = logging.getLogger(__name__)


class NamedContent(NamedTuple):
    """A file to be written: the storage's alias, its name there, its bytes."""

    storage: str
    name: str
    content: bytes


class StoredFile(NamedTuple):
    """A file one call created: the storage's alias, its name there, and the receipt that lets it be taken back."""

    storage: str
    name: str
    receipt: int


def store_files(files: Iterable[NamedContent]) -> tuple[StoredFile, ...]:
    """Write files, all or none, and return those this call created; one there already with the same bytes is left as it is."""
    created: list[StoredFile] = []
    try:
        for storage, name, content in files:
            receipt = _shelf(storage).put(name, content)
            if receipt is not None:
                created.append(StoredFile(storage, name, receipt))
    except BaseException:
        discard(created)
        raise
    return tuple(created)


def discard(files: Iterable[StoredFile]) -> None:
    """Take back files a call created, except those another upload has claimed since; failures are logged only."""
    for file in files:
        try:
            _shelf(file.storage).take_back(file.name, file.receipt)
        except OSError:
            logger.exception("file %s could not be taken back", file.name)


@contextmanager
def stored_files(files: Iterable[NamedContent]) -> Iterator[tuple[StoredFile, ...]]:
    """Write files for the block that saves their row.

    When the block raises, or the transaction around it rolls back later, the files this call created are removed.
    """
    keeper = _Keeper(tuple(files))
    try:
        yield keeper.created
    except BaseException:
        keeper.withdraw()
        raise
    transaction.on_commit(keeper.keep, robust=True)


def remove_files_on_commit(files: Iterable[tuple[str, str]], *, is_used: Callable[[], bool]) -> None:
    """Remove files, named by storage and name, once the current transaction has committed; never if it rolls back.

    `is_used` says whether any row still names them (a working copy shares the live row's files). It is asked after the
    commit, twice for each file, and may query.
    """
    doomed = tuple(files)

    def remove() -> None:
        for storage, name in doomed:
            _shelf(storage).remove(name, is_used=is_used)

    transaction.on_commit(remove, robust=True)


class _Keeper:
    """Removes what it stored unless told to keep it.

    Django announces a commit but not a rollback: it drops the callbacks it held for the commit. The callback is the one
    thing that refers to a keeper, so dropping it ends the keeper, and its finaliser removes the files.
    """

    def __init__(self, files: tuple[NamedContent, ...]) -> None:
        self.files = files
        self.created = store_files(files)
        self.withdraw = weakref.finalize(self, discard, self.created)

    def keep(self) -> None:
        """Keep the files; write again what a removal that overlapped this transaction took away."""
        self.withdraw.detach()
        store_files(self.files)


def _shelf(alias: str) -> Shelf:
    return shelf_for(storages[alias])
