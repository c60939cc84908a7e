"""Pinyin: ASCII keys that order Chinese names alike on every database, and slugs."""

import re
import unicodedata
from collections.abc import Sequence

from django.utils.translation import gettext as _

from portal.text.errors import TextError, quote

MAX_KEY_LENGTH = 200
MAX_SLUG_LENGTH = 80
MAX_WORDS = 24

_WORD = re.compile(r"[a-z0-9]+")


def sort_key(text: str) -> str:
    """Give a printable ASCII key of at most 200 characters; never raises.

    Each Chinese character becomes its toneless pinyin between spaces, so 西安 (`xi an`) sorts
    before 先 (`xian`). Other characters become `~` and six hexadecimal digits. Text
    beyond the first 200 characters is not read.
    """
    return " ".join(_syllables(text))[:MAX_KEY_LENGTH].rstrip()


def slug_from(text: str) -> str:
    """Give words of `[a-z0-9]` joined by hyphens, at most 80 characters, cut between words.

    Text beyond the first 200 characters is not read. `TextError` (code `slug`) when no letter or
    digit is left to make a slug of.
    """
    words = [word for syllable in _syllables(text) for word in _words(syllable)]
    slug = words[0][:MAX_SLUG_LENGTH] if words else ""
    for word in words[1:]:
        if len(slug) + 1 + len(word) > MAX_SLUG_LENGTH:
            break
        slug += f"-{word}"
    if not slug:
        raise TextError(
            _("%(text)s里没有可以做网址的字。请自己填写网址名，例如“qi-jiang”。") % {"text": quote(text)},
            code="slug",
        )
    return slug


def readings(words: Sequence[str]) -> list[str]:
    """How the words of a title are typed by their sound, from each word on: initials, then whole syllables.

    At most 16 initials and 40 letters of syllables; letters and digits stand for themselves.
    """
    syllables = [_typed(word) for word in words[:MAX_WORDS]]
    found: dict[str, None] = {}
    for start in range(len(syllables)):
        rest = [syllable for word in syllables[start:] for syllable in word]
        for key in ("".join(one[:1] for one in rest)[:16], "".join(rest)[:40]):
            if len(key) > 1:
                found[key] = None
    return list(found)


def _typed(word: str) -> list[str]:
    return [one for syllable in _syllables(word) for one in _words(syllable)]


def _syllables(text: str) -> list[str]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 -- slow import

    # NFKC after the cut: it is quadratic in a run of combining marks.
    plain = unicodedata.normalize("NFKC", text[:MAX_KEY_LENGTH]).lower()
    return " ".join(_ascii(part) for part in lazy_pinyin(plain)).split()


def _ascii(part: str) -> str:
    return "".join(c if " " <= c <= "}" else " " if c.isspace() else f"~{ord(c):06x}" for c in part)


def _words(syllable: str) -> list[str]:
    return _WORD.findall(re.sub(r"~[0-9a-f]{6}", " ", syllable))
