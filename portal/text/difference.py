"""What became of a text: what stayed, what went, what came; sentence by sentence, then character by character.

Chinese has no spaces between words, so a change inside a sentence is marked by its characters.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

MOST_STEPS = 600_000
"""Bounds the work for a pair of texts. What is left when it is used up is marked as replaced whole."""
SHORTEST_EQUAL = 2
"""A run of fewer equal characters between two changes is marked as changed too: single ones only confuse the reader."""
SENTENCE = re.compile(r"[^\n。！？；]*[\n。！？；]|[^\n。！？；]+")

Run = tuple[int, int, int]
"""Where equal parts begin in the old and in the new, and how many there are."""


@dataclass(frozen=True, slots=True)
class Segment:
    kind: Literal["equal", "removed", "added"]
    text: str


@dataclass(slots=True)
class _Budget:
    steps: int = MOST_STEPS


def difference(old: str, new: str) -> list[Segment]:
    """Removed and equal segments are the old text, added and equal ones the new; time grows with the length only."""
    budget = _Budget()
    parts: list[Segment] = []
    before, after = SENTENCE.findall(old), SENTENCE.findall(new)
    for (i, j, count), (next_i, next_j, _count) in pairwise(
        [(0, 0, 0), *_runs(before, after, budget), (len(before), len(after), 0)]
    ):
        parts.append(Segment("equal", "".join(before[i : i + count])))
        parts += _within("".join(before[i + count : next_i]), "".join(after[j + count : next_j]), budget)
    return list(_joined(parts))


def _within(old: str, new: str, budget: _Budget) -> Iterator[Segment]:
    runs = [run for run in _runs(old, new, budget) if run[2] >= SHORTEST_EQUAL or _is_at_an_end(run, old, new)]
    for (i, j, count), (next_i, next_j, _count) in pairwise([(0, 0, 0), *runs, (len(old), len(new), 0)]):
        yield Segment("equal", old[i : i + count])
        yield Segment("removed", old[i + count : next_i])
        yield Segment("added", new[j + count : next_j])


def _is_at_an_end(run: Run, old: str, new: str) -> bool:
    i, j, count = run
    return i == j == 0 or (i + count == len(old) and j + count == len(new))


def _joined(parts: list[Segment]) -> Iterator[Segment]:
    """Without empty segments, and between two equal ones at most one removed and one added."""
    removed = added = equal = ""
    for part in parts:
        if part.kind == "equal" and part.text:
            if removed or added:
                yield from _filled(("equal", equal), ("removed", removed), ("added", added))
                removed = added = equal = ""
            equal += part.text
        elif part.kind == "removed":
            removed += part.text
        elif part.kind == "added":
            added += part.text
    yield from _filled(("equal", equal), ("removed", removed), ("added", added))


def _filled(*parts: tuple[Literal["equal", "removed", "added"], str]) -> Iterator[Segment]:
    return (Segment(kind, text) for kind, text in parts if text)


def _runs(old: Sequence[str], new: Sequence[str], budget: _Budget) -> list[Run]:
    """The equal parts of two sequences, in order: what both begin and end with, and what lies between by least edits."""
    begin, longest = 0, min(len(old), len(new))
    while begin < longest and old[begin] == new[begin]:
        begin += 1
    end = 0
    while end < longest - begin and old[-1 - end] == new[-1 - end]:
        end += 1
    between = _least_edits(old[begin : len(old) - end], new[begin : len(new) - end], budget)
    runs = [(0, 0, begin), *((i + begin, j + begin, count) for i, j, count in between), (len(old) - end, len(new) - end, end)]
    return [run for run in runs if run[2]]


def _least_edits(old: Sequence[str], new: Sequence[str], budget: _Budget) -> list[Run]:
    """Myers' greedy search for the fewest edits; nothing equal where the budget does not last."""
    furthest = {1: 0}
    trace: list[dict[int, int]] = []
    for edits in range(len(old) + len(new) + 1 if old and new else 0):
        budget.steps -= edits + 1
        if budget.steps < 0:
            return []
        trace.append(dict(furthest))
        for diagonal in range(-edits, edits + 1, 2):
            i = _step(furthest, diagonal, edits)
            start = i
            while i < len(old) and i - diagonal < len(new) and old[i] == new[i - diagonal]:
                i += 1
            budget.steps -= i - start
            furthest[diagonal] = i
            if i >= len(old) and i - diagonal >= len(new):
                return list(reversed(list(_back(trace, len(old), len(new)))))
    return []


def _step(furthest: dict[int, int], diagonal: int, edits: int) -> int:
    """Where one edit leads on a diagonal: an addition comes from the one above, a removal from the one below."""
    return furthest[diagonal + 1] if _is_addition(furthest, diagonal, edits) else furthest[diagonal - 1] + 1


def _is_addition(furthest: dict[int, int], diagonal: int, edits: int) -> bool:
    """Whichever reached further."""
    return diagonal == -edits or (diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1])


def _back(trace: list[dict[int, int]], i: int, j: int) -> Iterator[Run]:
    """The equal runs of the way that was found, last first."""
    for edits in range(len(trace) - 1, -1, -1):
        diagonal = i - j
        start = _step(trace[edits], diagonal, edits)
        if i > start:
            yield start, start - diagonal, i - start
        is_addition = _is_addition(trace[edits], diagonal, edits)
        i, j = (start, start - diagonal - 1) if is_addition else (start - 1, start - diagonal)
