"""Open an Office file's ZIP without being drowned by it: counts and sizes are judged before anything is unpacked."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from portal.media.document_error import DocumentError

END, END_BYTES, END_64 = b"PK\x05\x06", 22, b"PK\x06\x07"
DIRECTORY_BYTES: Final = 1024 * 1024
MOST_PARTS: Final = 2_000
UNPACKED_BYTES: Final = 200 * 1024 * 1024
RATIO: Final = 100
CHUNK_BYTES: Final = 256 * 1024
PART_BYTES: Final = 4 * 1024 * 1024  # of a part that is read whole
ENCRYPTED: Final = 0x01
DOCTYPES: Final = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


class Package:
    """The parts of a ZIP whose names, number and declared sizes are acceptable."""

    def __init__(self, data: bytes) -> None:
        _check_directory(data)
        try:
            self.file = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OverflowError) as error:
            raise DocumentError("damaged") from error
        self.parts = {entry.filename: entry for entry in self.file.infolist()}
        self._check_entries(len(data))

    def read(self, name: str) -> bytes:
        """A part that is small in every honest file."""
        entry = self.parts.get(name)
        if entry is None:
            raise DocumentError("damaged")
        if entry.file_size > PART_BYTES:
            raise DocumentError("too_complex")
        return b"".join(self._chunks(entry))

    def check_content(self) -> None:
        """Unpack every part once, a piece at a time: all are whole, and no XML part declares a document type."""
        for entry in self.parts.values():
            is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
            last = b""
            for chunk in self._chunks(entry):
                if is_xml and any(mark in last + chunk for mark in DOCTYPES):
                    raise DocumentError("damaged")
                last = chunk[-max(map(len, DOCTYPES)) :]

    def _chunks(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        """The unpacked bytes; checked against the declared size and checksum on the way."""
        try:
            with self.file.open(entry) as part:
                while chunk := part.read(CHUNK_BYTES):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
            if isinstance(error, DocumentError):
                raise
            raise DocumentError("damaged") from error

    def _check_entries(self, size: int) -> None:
        entries = self.file.infolist()
        total = sum(entry.file_size for entry in entries)
        if len(entries) > MOST_PARTS or total > UNPACKED_BYTES or total > size * RATIO:
            raise DocumentError("too_complex")
        if any(entry.flag_bits & ENCRYPTED for entry in entries):
            raise DocumentError("encrypted")
        # Names of parts are compared without case (ECMA-376 part 2), so two that differ by case are one name twice.
        names = {entry.filename.lower() for entry in entries}
        if len(names) < len(entries) or not all(_is_plain(name) for name in names):
            raise DocumentError("damaged")
        if min(entry.header_offset for entry in entries) > 0:
            raise DocumentError("payload")


def _is_plain(name: str) -> bool:
    """A relative name with forward slashes that stays inside the file."""
    steps = name.split("/")
    return name.isprintable() and "\\" not in name and ":" not in name and "" not in steps[:-1] and ".." not in steps


def _check_directory(data: bytes) -> None:
    """The directory closes the file, is of a sane size and of the old kind; Python would read any size of it."""
    at = data.rfind(END, max(0, len(data) - END_BYTES - 0xFFFF))
    if at < 0 or at + END_BYTES > len(data):
        raise DocumentError("truncated")
    size, comment = int.from_bytes(data[at + 12 : at + 16], "little"), int.from_bytes(data[at + 20 : at + 22], "little")
    if at + END_BYTES + comment != len(data):
        raise DocumentError("payload")
    if size > DIRECTORY_BYTES or data[max(0, at - 20) : at].startswith(END_64):
        raise DocumentError("too_complex")
