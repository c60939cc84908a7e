"""Pinyin: ASCII keys that order Chinese names alike on every database, and slugs."""

import re
import unicodedata

from django.utils.translation import gettext as _

from portal.text.errors import TextError, quote

MAX_KEY_LENGTH = 200
MAX_SLUG_LENGTH = 80

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


def _syllables(text: str) -> list[str]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 -- slow import

    # NFKC after the cut: it is quadratic in a run of combining marks.
    plain = unicodedata.normalize("NFKC", text[:MAX_KEY_LENGTH]).lower()
    return " ".join(_ascii(part) for part in lazy_pinyin(plain)).split()


def _ascii(part: str) -> str:
    return "".join(c if " " <= c <= "}" else " " if c.isspace() else f"~{ord(c):06x}" for c in part)


def _words(syllable: str) -> list[str]:
    return _WORD.findall(re.sub(r"~[0-9a-f]{6}", " ", syllable))
