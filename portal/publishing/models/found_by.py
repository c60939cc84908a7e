from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FoundBy:
    """By which of its words an entry of a type is found: names of its own columns, of its row sets and of its relations.

    What is in `title` weighs most, then `keys`, then `body`, which may be Markdown; each column is followed by its English.
    `rows`: columns of rows that belong to the entry. `names`: relations to entries by whose names it is found as well, besides
    its region. `topics` may be one relation or many. `day` is the date readers know it by, else the day it became public.
    """

    title: tuple[str, ...]
    keys: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    rows: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    anchors: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Where on the entry's page a row stands, by set: what its anchor begins with, and the column it ends with."""
    topics: str = ""
    day: str = ""
    gives_name: bool = False
    """Whether others are found by its name."""
