"""CPU time of requests: medians over alternating rounds, so that a drift of the machine hits all alike."""

import gc
from dataclasses import dataclass, field
from statistics import median
from time import process_time
from typing import Any

from django.db import connection

from .databases import Databases, Size
from .serve import Call, handler_with
from .targets import Target

SAMPLE_SECONDS = 0.03
"""A sample repeats a request until about this much CPU is used, so that the clock's own cost does not show."""
FEWEST, MOST = 2, 400


@dataclass
class Reading:
    """What one target cost in one database."""

    target: str
    rows: int
    address: str
    queries: int
    kilobytes: float
    samples: list[float] = field(default_factory=list)

    @property
    def milliseconds(self) -> float:
        return median(self.samples) * 1000


class TargetError(Exception):
    """A page that must be measured did not answer."""


def measure(databases: Databases, targets: list[Target], rounds: int) -> list[Reading]:
    plans = []
    for size in databases.sizes:
        databases.use(size)
        plans.append((size, [_prepare(size, target) for target in targets]))
    gc.collect()
    gc.freeze()
    for _round in range(rounds):
        for size, prepared in plans:
            databases.use(size)
            for call, reading, repeats in prepared:
                reading.samples.append(_sample(call, repeats))
    return [reading for _size, prepared in plans for _call, reading, _repeats in prepared]


def _prepare(size: Size, target: Target) -> tuple[Call, Reading, int]:
    """Answer once to check, once more to count, then as often as needed to know how many make a sample."""
    address = target.address()
    handler = handler_with(target.middleware)
    call = Call(handler, address)
    body = call()
    if target.is_revalidation:
        call = Call(handler, address, if_none_match=call.headers["ETag"])
        body = call()
    if call.status[:3] != ("304" if target.is_revalidation else "200"):
        raise TargetError(f"{target.name}: {address} answered {call.status}")
    queries = _count_queries(call)
    cost = _sample(call, 1)
    repeats = max(FEWEST, min(MOST, int(SAMPLE_SECONDS / max(cost, 1e-6))))
    return call, Reading(target.name, size.rows, address, queries, len(body) / 1000), repeats


def _sample(call: Call, repeats: int) -> float:
    start = process_time()
    for _ in range(repeats):
        call()
    return (process_time() - start) / repeats


def _count_queries(call: Call) -> int:
    seen: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        call()
    return len(seen)
