"""Several columns of a linked entry in one text, so that one query can read links of every kind."""

from typing import Any

from django.db.models import CharField, F, Func, Value
from django.db.models.functions import Cast, Coalesce, Replace

SEPARATOR = "\x1f"
"""The control character for parting fields; a text that has one loses it."""


class Joined(Func):
    """Texts one after the other in one expression: nested ones, as of `Concat`, are too deep for SQLite to parse."""

    arg_joiner = " || "
    template = "(%(expressions)s)"
    output_field = CharField()


def joined(*columns: Any) -> Joined:
    """Columns, each a field path or an expression, with a separator after every one; "" where there is no value."""
    pieces: list[Any] = []
    for column in columns:
        text = Cast(F(column), CharField()) if isinstance(column, str) else column
        pieces += [Replace(Coalesce(text, Value("", CharField())), Value(SEPARATOR)), Value(SEPARATOR)]
    return Joined(*pieces)


def parted(text: str) -> list[str]:
    """The columns again."""
    return text.split(SEPARATOR)[:-1]
