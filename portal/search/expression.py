"""What a document must hold to be a candidate: tokens joined by "and" and "or". A token that ends with `*` is a beginning."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Union

Expression = Union[str, "Joined"]


@dataclass(frozen=True, slots=True)
class Joined:
    by: str
    parts: tuple[Expression, ...]


NOTHING = Joined("or", ())


def every(parts: Iterable[Expression]) -> Expression:
    return _joined("and", list(parts))


def some(parts: Iterable[Expression]) -> Expression:
    return _joined("or", list(parts))


def _joined(by: str, parts: Sequence[Expression]) -> Expression:
    kept = list(dict.fromkeys(parts))
    return kept[0] if len(kept) == 1 else Joined(by, tuple(kept))
