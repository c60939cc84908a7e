"""The one error that every parser of this room raises, and the words it is made of."""

from django.utils.translation import gettext as _

QUOTED_LENGTH = 20


class TextError(ValueError):
    """Text that cannot be accepted.

    `str(error)` is a sentence for the person who typed it, in the language of that moment: what is
    wrong, where, and how to write it instead. `code` is stable, for programs. `position` is a 0-based index into the text as
    given, 0 when the whole of it is meant.
    """

    def __init__(self, message: str, *, code: str, position: int = 0) -> None:
        super().__init__(message)
        self.code = code
        self.position = position


def quote(text: str) -> str:
    """Quote the beginning of `text` so that no character of it can hide or break a line."""
    shown = "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text[:QUOTED_LENGTH])
    return _("「%(text)s」") % {"text": f"{shown}…" if len(text) > QUOTED_LENGTH else shown}


def require_length(text: str, limit: int, noun: str) -> None:
    """Raise `TextError` (code `too_long`) when `text` has more than `limit` characters."""
    if len(text) > limit:
        raise TextError(
            _("%(noun)s太长：最多 %(limit)d 个字，这里有 %(count)d 个字。请只保留需要的部分。")
            % {"noun": noun, "limit": limit, "count": len(text)},
            code="too_long",
            position=limit,
        )
