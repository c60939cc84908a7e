"""One size of the search bench: fill, ask, write; every figure is printed."""

import resource
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from time import perf_counter, process_time
from typing import Any

from django.db import connection
from django.db.models import Q

from portal.search import rebuild
from portal.search.document import Document
from portal.search.index import put_documents
from portal.search.models import SearchText
from portal.search.searching import search
from portal.search.suggesting import suggest

from .documents import KIND, NOW, documents, places
from .quality import measure, percentile, print_table
from .questions import judged, title_words

BATCH = 500


def run(count: int, *, each: int) -> None:
    print(f"\n== {count} documents on {connection.vendor}")
    made = list(documents(count))
    fill([places(), [one.document for one in made]])
    questions = judged(made, each)
    ask("人才公寓怎么申请")  # what is loaded lazily
    print_table(measure(questions, ask))
    _cost(
        "page of 20 with counts",
        [one.text for one in questions],
        lambda text: search(text, now=NOW, with_cells=True),
    )
    _cost("suggest", title_words(made), lambda text: suggest(text, now=NOW))
    _cost("save, changed words", made[:100], lambda one: _save(one.document))
    _cost("icontains", [one.text for one in questions[:: max(1, len(questions) // 20)]], _contains)
    print(f"peak memory of the process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def fill(groups: Sequence[Sequence[Document]]) -> None:
    """Index documents as a rebuild does."""
    total = sum(map(len, groups))
    cpu, wall = process_time(), perf_counter()
    rebuild.begin(anew=True)
    rebuild.rebuild(_batches(groups))
    cpu, wall = process_time() - cpu, perf_counter() - wall
    print(
        f"rebuilt {total / wall:.0f} documents/s ({cpu:.1f} s CPU, {wall:.1f} s); index {_index_bytes() / total / 1000:.2f} MB per 1,000"
    )


def ask(text: str) -> list[int]:
    return [hit.object_id for hit in search(text, now=NOW, limit=20).hits if hit.kind == KIND]


def _batches(groups: Sequence[Sequence[Document]]) -> Iterator[rebuild.Batch]:
    for group in groups:
        for start in range(0, len(group), BATCH):
            yield rebuild.Batch(lambda kept=group[start : start + BATCH]: list(kept), "")  # type: ignore[misc]  # -- bound here


def _cost(name: str, inputs: Sequence[Any], action: Callable[[Any], object]) -> None:
    cpus: list[float] = []
    walls: list[float] = []
    for one in inputs:
        cpu, wall = process_time(), perf_counter()
        action(one)
        cpus.append((process_time() - cpu) * 1000)
        walls.append((perf_counter() - wall) * 1000)
    print(
        f"{name:24} cpu p50 {percentile(cpus, 0.5):7.1f} p95 {percentile(cpus, 0.95):7.1f}   "
        f"wall p50 {percentile(walls, 0.5):7.1f} p95 {percentile(walls, 0.95):7.1f} ms"
    )


def _save(document: Document) -> None:
    put_documents(
        [replace(document, title=f"{document.title}（修改）", visible_until=document.visible_until - timedelta(days=1))]
    )


def _contains(text: str) -> None:
    rows = SearchText.objects.filter(Q(title__icontains=text) | Q(keys__icontains=text) | Q(body__icontains=text))
    list(rows.order_by("-pk").values_list("pk", flat=True)[:10])


def _index_bytes() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relname ~ '^search_(tokens|termcount|lexeme)' AND relkind = 'r'"
            )
            return int(cursor.fetchone()[0])
        cursor.execute("SELECT name FROM sqlite_master WHERE name GLOB 'search_*_data'")
        tables = [row[0] for row in cursor.fetchall()]
        total = 0
        for table in tables:
            cursor.execute(f"SELECT sum(length(block)) FROM {table}")  # noqa: S608 -- a name of the database's own
            total += cursor.fetchone()[0]
        return total
