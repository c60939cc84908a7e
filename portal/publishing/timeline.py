"""Stretches of time in which something is public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start` until before `end`."""

    start: datetime
    end: datetime

    def __contains__(self, at: datetime) -> bool:
        return self.start <= at < self.end


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same moments as spans in order that do not touch."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def overlap(first: Iterable[Span], second: Iterable[Span]) -> list[Span]:
    """The moments that lie in both."""
    others = list(second)
    cuts = [Span(max(a.start, b.start), min(a.end, b.end)) for a in first for b in others]
    return merged(cut for cut in cuts if cut.start < cut.end)
