"""What is seeded so far, for later entries to point to, and how rows of a kind are written in chunks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from regions.models import Region

from .lives import Life, life
from .rows import insert_rows
from .writing import Writer

CHUNK = 500


@dataclass
class Stock:
    """Primary keys of what exists; the few regions as objects."""

    rng: Random
    writer: Writer
    regions: list[Region] = field(default_factory=list)
    topics: list[int] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    organisations: list[int] = field(default_factory=list)
    indicators: list[Any] = field(default_factory=list)
    photos: list[int] = field(default_factory=list)
    figures: list[int] = field(default_factory=list)
    services: list[int] = field(default_factory=list)
    policies: list[int] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    stories: list[int] = field(default_factory=list)
    events: list[int] = field(default_factory=list)
    programmes: list[int] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def place(self) -> Region:
        """Mostly a district or county; one entry in ten is the municipality's."""
        return self.regions[0] if self.chance(10) else self.rng.choice(self.regions[1:])

    def pick(self, pks: list[int]) -> int:
        return pks[int(self.rng.random() * len(pks))]

    def some(self, pks: list[int], count: int) -> list[int]:
        return self.rng.sample(pks, min(count, len(pks)))

    def chance(self, one_in: int) -> bool:
        return int(self.rng.random() * one_in) == 0


Make = Callable[[Stock, int], Any]
Children = Callable[[Stock, list[Any]], None]


def in_chunks(stock: Stock, keys: list[int], count: int, make: Make, children: Children | None = None) -> None:
    """Insert entries made from their number, each with a life of its own, then the children of each chunk; add to `keys`."""
    for numbers in _ranges(count):
        lives = [life(number, stock.rng) for number in numbers]
        keys += insert(stock, [make(stock, number) for number in numbers], lives, children)


def insert(stock: Stock, entries: list[Any], lives: list[Life], children: Children | None = None) -> list[int]:
    for entry, its_life in zip(entries, lives, strict=True):
        stock.writer.entry(entry, its_life)
    insert_rows(entries)
    if children is not None:
        children(stock, entries)
    return [entry.pk for entry in entries]


def _ranges(count: int) -> Iterator[range]:
    for first in range(0, count, CHUNK):
        yield range(first, min(first + CHUNK, count))
