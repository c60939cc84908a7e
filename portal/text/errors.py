"""The one error that every parser of this room raises, and the words it is made of."""

QUOTED_LENGTH = 20


class TextError(ValueError):
    """Text that cannot be accepted.

    `str(error)` is a Chinese sentence for the person who typed it: what is wrong, where, and how to
    write it instead. `code` is stable, for programs. `position` is a 0-based index into the text as
    given, 0 when the whole of it is meant.
    """

    def __init__(self, message: str, *, code: str, position: int = 0) -> None:
        super().__init__(message)
        self.code = code
        self.position = position


def quote(text: str) -> str:
    """Quote the beginning of `text` so that no character of it can hide or break a line."""
    shown = "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text[:QUOTED_LENGTH])
    return f"「{shown}…」" if len(text) > QUOTED_LENGTH else f"「{shown}」"


def require_length(text: str, limit: int, noun: str) -> None:
    """Raise `TextError` (code `too_long`) when `text` has more than `limit` characters."""
    if len(text) > limit:
        raise TextError(
            f"{noun}太长：最多 {limit} 个字，这里有 {len(text)} 个字。请只保留需要的部分。",
            code="too_long",
            position=limit,
        )
