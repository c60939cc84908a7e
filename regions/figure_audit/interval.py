"""Between which bounds the true number lies, given a published number and its hedge."""

from dataclasses import dataclass
from decimal import Decimal

from portal.text.qualifiers import Qualifier

ABOUT = Decimal("0.1")
"""How far from "about n" the true number is taken to be at most, as a share of n; generous, so that a question is worth asking."""
UNBOUNDED = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`; an open end does not include its bound."""

    low: Decimal
    high: Decimal
    is_low_open: bool = False
    is_high_open: bool = False

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    def is_above(self, other: "Interval") -> bool:
        """Whether every number of this one is larger than every number of the other."""
        if self.low == other.high:
            return self.is_low_open or other.is_high_open
        return self.low > other.high

    def meets(self, other: "Interval") -> bool:
        return not (self.is_above(other) or other.is_above(self))

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.is_low_open or other.is_low_open,
            self.is_high_open or other.is_high_open,
        )


def interval(value: Decimal, qualifier: Qualifier) -> Interval:
    step = _step(value)
    return {
        Qualifier.EXACT: Interval(value, value),
        Qualifier.AND_MORE: Interval(value, value + step, is_low_open=True, is_high_open=True),
        Qualifier.OVER: Interval(value, UNBOUNDED, is_low_open=True),
        Qualifier.NEARLY: Interval(value - step, value, is_low_open=True, is_high_open=True),
        Qualifier.ABOUT: Interval(value - abs(value) * ABOUT, value + abs(value) * ABOUT),
        Qualifier.AT_LEAST: Interval(value, UNBOUNDED),
        Qualifier.AT_MOST: Interval(-UNBOUNDED, value),
        Qualifier.UNDER: Interval(-UNBOUNDED, value, is_high_open=True),
    }[qualifier]


def _step(value: Decimal) -> Decimal:
    """One of the last digit that is not zero: from a number to the next as round as it."""
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent)) if value else Decimal(1)
