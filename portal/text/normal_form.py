"""The form in which texts are compared when searched: width, case, accents and traditional characters do not count.

Every character is folded by itself, so that a place in the folded text leads back to its place in the original.
"""

import unicodedata
from functools import cache
from typing import Any


class _Folded(dict[int, str]):
    """Each character as it is first met; never more entries than there are characters."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold(chr(code))
        return folded


_TABLE = _Folded()


def normal_form(text: str) -> str:
    """Fold a text of any length and content; never raises, and folding twice changes nothing."""
    return text.translate(_TABLE)


def normal_form_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the index of the one it comes from."""
    parts = [_TABLE[ord(character)] for character in text]
    return "".join(parts), [index for index, part in enumerate(parts) for _ in part]


def _fold(character: str) -> str:
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Cn"}:
        return "\n" if character == "\n" else " " if character.isspace() else ""
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if unicodedata.category(c)[0] != "M")
    folded = unicodedata.normalize("NFKC", plain).casefold()
    return "".join(_simplified().convert(c) if c > "\u2e80" else c for c in folded)


@cache
def _simplified() -> Any:
    from opencc import OpenCC  # noqa: PLC0415 -- slow import

    return OpenCC("t2s")
