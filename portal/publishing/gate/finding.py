from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule has to say: the sentence, the column to mend ("" when there is none), and its row (None: the entry)."""

    sentence: str
    field: str = ""
    row: Any = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem and where to mend it.

    `anchor` is the HTML id of the box in the admin form, of the row where the box is on the row's own page, and "" where
    the form has neither. `row` names the row, "" for the entry itself.
    """

    rule: str
    field: str
    anchor: str
    sentence: str
    row: str
