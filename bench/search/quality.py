"""How well and how fast: recall and rank of the judged documents, CPU milliseconds of this process."""

import statistics
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter, process_time

from .questions import Judged

Ask = Callable[[str], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Quality:
    questions: int
    recall: float
    reciprocal: float
    first: float
    cpu: list[float]
    wall: list[float]
    worst: list[str]


def measure(questions: Sequence[Judged], ask: Ask, depth: int = 10) -> dict[str, Quality]:
    """By shape, and "all"; recall is of as many of the judged documents as the first ten have room for."""
    marks: dict[str, list[tuple[float, float, float, float, float, str]]] = defaultdict(list)
    for one in questions:
        cpu, wall = process_time(), perf_counter()
        found = list(ask(one.text))[:depth]
        cpu, wall = (process_time() - cpu) * 1000, (perf_counter() - wall) * 1000
        rank = next((place for place, key in enumerate(found, 1) if key in one.relevant), 0)
        recall = len(one.relevant.intersection(found)) / min(depth, len(one.relevant))
        mark = (recall, 1 / rank if rank else 0.0, float(rank == 1), cpu, wall, one.text)
        marks[one.shape].append(mark)
        marks["all"].append(mark)
    return {shape: _quality(found) for shape, found in marks.items()}


def _quality(marks: list[tuple[float, float, float, float, float, str]]) -> Quality:
    recall, reciprocal, first, cpu, wall, _text = zip(*marks, strict=True)
    return Quality(
        questions=len(marks),
        recall=statistics.mean(recall),
        reciprocal=statistics.mean(reciprocal),
        first=statistics.mean(first),
        cpu=sorted(cpu),
        wall=sorted(wall),
        worst=[mark[5] for mark in sorted(marks, key=lambda mark: mark[0] + mark[1])[:4] if mark[0] + mark[1] < 1.9],
    )


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def print_table(found: dict[str, Quality]) -> None:
    print(f"{'shape':24} {'n':>4} {'R@10':>6} {'MRR':>6} {'P@1':>6} {'cpu p50':>8} {'p95':>7}  worst")
    for shape, one in found.items():
        print(
            f"{shape:24} {one.questions:4} {one.recall:6.3f} {one.reciprocal:6.3f} {one.first:6.3f} "
            f"{percentile(one.cpu, 0.5):8.1f} {percentile(one.cpu, 0.95):7.1f}  {' | '.join(one.worst[:3]) if shape != 'all' else ''}"
        )
