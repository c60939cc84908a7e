"""Where picture files lie: written whole or not at all, taken back without pulling them from under a second user.

Two uploads of one picture share its files, because their names are made from its content. Whoever finds a file already
there claims it by touching it; whoever wants to take back a file it created first moves the file aside, and puts it
back when it has been claimed since. So a rolled-back upload never takes the file of a committed one.
"""

import errno
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage

NO_LINKS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK})  # FAT, some network disks


class Shelf:
    """Any Django storage. It cannot be claimed on: `stored` re-checks after the commit instead."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    def put(self, name: str, content: bytes) -> int | None:
        """Make sure the file exists with that content; return a receipt if this call created it, else None."""
        if not self.storage.exists(name):
            self.storage.save(name, ContentFile(content))
            return 0
        with self.storage.open(name) as existing:
            is_same = existing.read() == content
        if not is_same:
            self.storage.delete(name)
            self.storage.save(name, ContentFile(content))
        return None

    def take_back(self, name: str, receipt: int) -> None:
        """Remove a file that `put` created, unless it has been claimed since."""
        self.storage.delete(name)

    def remove(self, name: str, *, is_used: Callable[[], bool]) -> None:
        """Remove a file unless it is in use; asked again after removing, so that a concurrent user gets it back."""
        if is_used() or not self.storage.exists(name):
            return
        with self.storage.open(name) as existing:
            content = existing.read()
        self.storage.delete(name)
        must_keep = True  # also when the question fails
        try:
            must_keep = is_used()
        finally:
            if must_keep:
                self.put(name, content)


class FileShelf(Shelf):
    """A directory on a local disk; the receipt is the modification time in nanoseconds."""

    storage: FileSystemStorage

    def put(self, name: str, content: bytes) -> int | None:
        path = Path(self.storage.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        while True:
            try:
                if path.read_bytes() == content:
                    os.utime(path, ns=(time.time_ns(),) * 2)
                    return None
                self._write(path, content).replace(path)
                _sync_directory(path.parent)
                return None
            except FileNotFoundError:
                receipt = self._create(path, content)
                if receipt is not None:
                    return receipt

    def take_back(self, name: str, receipt: int) -> None:
        self._remove(name, lambda aside: aside.stat().st_mtime_ns != receipt)

    def remove(self, name: str, *, is_used: Callable[[], bool]) -> None:
        if not is_used():
            self._remove(name, lambda aside: is_used())

    def _create(self, path: Path, content: bytes) -> int | None:
        """Create the file, all or nothing; None when somebody else has just created it."""
        written = self._write(path, content)
        receipt = written.stat().st_mtime_ns
        try:
            _link(written, path)
        except FileExistsError:
            return None
        finally:
            written.unlink(missing_ok=True)
        _sync_directory(path.parent)
        return receipt

    def _write(self, path: Path, content: bytes) -> Path:
        """Write and sync a file under a passing name beside `path`; nothing is left when that fails."""
        passing = _passing_name(path)
        try:
            with passing.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if self.storage.file_permissions_mode is not None:
                passing.chmod(self.storage.file_permissions_mode)
        except BaseException:
            passing.unlink(missing_ok=True)
            raise
        return passing

    def _remove(self, name: str, is_kept: Callable[[Path], bool]) -> None:
        path = Path(self.storage.path(name))
        aside = _passing_name(path)
        try:
            path.rename(aside)
        except FileNotFoundError:
            return
        must_keep = True  # also when the question fails
        try:
            must_keep = is_kept(aside)
        finally:
            if must_keep:
                with suppress(FileExistsError):
                    _link(aside, path)
            aside.unlink(missing_ok=True)
            _sync_directory(path.parent)


def shelf_for(storage: Storage) -> Shelf:
    return FileShelf(storage) if isinstance(storage, FileSystemStorage) else Shelf(storage)


def _passing_name(path: Path) -> Path:
    return path.with_name(f".{path.name}.{token_hex(8)}.tmp")


def _link(source: Path, target: Path) -> None:
    """Give a file a second name; FileExistsError when the name is taken, even a moment ago."""
    try:
        target.hardlink_to(source)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        if target.exists():
            raise FileExistsError(target) from error
        source.rename(target)


def _sync_directory(path: Path) -> None:
    """Make a new or removed name survive a power cut."""
    directory = os.open(path, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
