"""File names of documents: as uploaded, as stored and as offered to readers."""

import re
import unicodedata
from typing import Final, NamedTuple

LONGEST: Final = 120
RESERVED: Final = re.compile(r'[\\/:*?"<>|]')  # on Windows
STORED: Final = re.compile(r"([0-9a-f]{64})\.(pdf|docx|xlsx)")


class DocumentName(NamedTuple):
    sha256: str
    kind: str


def parse_document_name(name: str) -> DocumentName | None:
    """Return the parts of a name a document is stored under; None for every other text."""
    match = STORED.fullmatch(name)
    return DocumentName(match[1], match[2]) if match else None


def document_name(sha256: str, kind: str) -> str:
    return f"{sha256}.{kind}"


def clean_name(name: str) -> str:
    """The name of an upload without folders, control and direction marks, cut to what a row holds; its suffix stays."""
    shown = _visible(name.replace("\\", "/").rpartition("/")[2])
    stem, dot, suffix = shown.rpartition(".")
    if not dot or len(suffix) > 10:
        return shown[:LONGEST]
    return f"{stem[: LONGEST - len(suffix) - 1]}.{suffix}"


def suffix_of(name: str) -> str:
    """The suffix of a clean name with its dot, in lower case; "" when there is none."""
    _stem, dot, suffix = name.rpartition(".")
    return f".{suffix.lower()}" if dot and suffix else ""


def download_name(title: str, kind: str) -> str:
    """A title as a file name every system accepts; never hidden, never without a stem."""
    stem = RESERVED.sub(" ", _visible(title))
    stem = " ".join(stem.split()).strip(". ")[: LONGEST - len(kind) - 1].rstrip(". ")
    return f"{stem or 'attachment'}.{kind}"


def _visible(text: str) -> str:
    """Without characters that show nothing: controls, direction marks, surrogates, private use; white space is one blank."""
    text = "".join(" " if letter.isspace() else letter for letter in unicodedata.normalize("NFC", text))
    return " ".join("".join(letter for letter in text if unicodedata.category(letter)[0] != "C").split())
