"""Folding text for comparison, and refusing characters that have no business in it."""

import re
import unicodedata

from django.utils.translation import gettext as _

from portal.text.errors import TextError, require_length

MAX_TEXT_LENGTH = 200_000
# NFKC sorts each run of combining marks in quadratic time: 100,000 of them take 8 seconds.
MAX_FOLDED_LENGTH = 2_000

# Zero-width and formatting characters, which make words that look equal differ.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
_NONCHARACTERS = "".join(chr(plane + low) for plane in range(0, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF))
_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls other than tab and line ends
    "\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings, overrides and isolates
    "\ud800-\udfff"  # lone surrogates
    f"\ufdd0-\ufdef{_NONCHARACTERS}]"
)


def fold(text: str) -> str:
    """Give the form under which two texts count as the same: width, case, spaces, invisibles.

    For names and titles: `TextError` (code `too_long`) above 2,000 characters. The result is not
    for display, and `fold(fold(x)) == fold(x)`.
    """
    require_length(text, MAX_FOLDED_LENGTH, _("名称"))
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    # Again, because folding the case can leave letters that compose.
    return " ".join(unicodedata.normalize("NFKC", folded.casefold()).split())


def clean_text(text: str, limit: int = MAX_TEXT_LENGTH) -> str:
    r"""Strip, write line ends as \n, and refuse what no keyboard types and some systems obey.

    `TextError` codes: too_long (more than `limit` characters), character (a control other than
    tab and new line, a bidirectional override, a lone surrogate, a noncharacter).
    """
    require_length(text, limit, _("文字"))
    if found := _REFUSED.search(text):
        raise TextError(
            _(
                "第 %(place)d 个字是不可见的控制字符 U+%(character)s。"
                "请删去它，或把这一段先粘贴到纯文本编辑器再复制过来，例如“记事本”。"
            )
            % {"place": found.start() + 1, "character": f"{ord(found[0]):04X}"},
            code="character",
            position=found.start(),
        )
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
