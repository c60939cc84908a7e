"""Where things stand in a chart: decimals and days in, whole units out, everything inside the box. No words, no colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    length: int

    @property
    def end(self) -> int:
        return self.start + self.length

    @property
    def middle(self) -> int:
        return self.start + self.length // 2


def lengths(values: Sequence[Decimal], box: int) -> list[int]:
    """A length for each value, in proportion to the largest, which fills the box; what is not nothing can be seen."""
    _require_sizes(values)
    largest = max(values, default=Decimal(0))
    return [_length(value, largest, box) for value in values]


def spans_in_a_row(values: Sequence[Decimal], full: Decimal, box: int) -> list[Span]:
    """Each value where the one before it ends, on a scale that has room for their sum and for `full`."""
    _require_sizes([*values, full])
    scale = max(full, sum(values, Decimal(0)))
    edges = [_round(edge * box / scale) if scale else 0 for edge in accumulate(values, initial=Decimal(0))]
    return [_visible(Span(start, end - start), value, box) for start, end, value in zip(edges, edges[1:], values, strict=False)]


def gap(values: Sequence[Decimal], full: Decimal, box: int) -> Span | None:
    """From the end of the values in a row to the end of `full`, on the same scale; None where both end together."""
    _require_sizes([*values, full])
    total = sum(values, Decimal(0))
    if total == full:
        return None
    low, high = sorted((total, full))
    start = _round(low * box / high)
    return _visible(Span(start, box - start), high - low, box)


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Days in true proportion, over whole years."""

    first_year: int
    last_year: int
    box: int

    def place(self, first: date, last: date) -> Span:
        """The days from `first` to `last`, both included; at least one unit long."""
        start, end = self._edge(first.toordinal()), self._edge(last.toordinal() + 1)
        return _visible(Span(start, end - start), Decimal(1), self.box)

    def years(self, room: int) -> list[tuple[int, int]]:
        """Years to name with their place, as many as have `room` each."""
        count = self.last_year - self.first_year + 1
        step = max(1, -(-count * room // self.box))
        named = range(self.first_year, self.last_year + 1, step)
        return [(year, self._edge(date(year, 1, 1).toordinal())) for year in named]

    def _edge(self, day: int) -> int:
        first, last = date(self.first_year, 1, 1).toordinal(), date(self.last_year, 12, 31).toordinal() + 1
        return min(self.box, max(0, _round(Decimal(day - first) * self.box / (last - first))))


def time_axis(days: Sequence[date], box: int) -> TimeAxis:
    return TimeAxis(min(days).year, max(days).year, box)


def _require_sizes(values: Sequence[Decimal]) -> None:
    for value in values:
        if not (value.is_finite() and value >= 0):
            raise ValueError(f"{value} has no length to draw")


def _length(value: Decimal, largest: Decimal, box: int) -> int:
    return max(1, _round(value * box / largest)) if value else 0


def _visible(span: Span, value: Decimal, box: int) -> Span:
    if not value or span.length:
        return span
    return Span(min(span.start, box - 1), 1)


def _round(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))
