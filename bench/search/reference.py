"""Public data with questions people really asked: searching beside plain BM25 over pairs of characters, in the same run."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from math import log
from pathlib import Path
from typing import Any

from django.conf import settings

from portal.search.document import Document
from portal.search.searching import search
from portal.text.bigrams import squeezed
from portal.text.normal_form import normal_form

from .documents import FOREVER, NOW
from .quality import Quality, measure
from .questions import Judged

FOLDER = Path(settings.REFERENCE_DATA or "absent")
STATUTES, ENCYCLOPEDIA, POLICIES = "stard", "cmrc", "gov-cn"
SPELLINGS = ("{0}〔{1}〕{2}号", "{0}[{1}]{2}号", "{0}（{1}）{2}号", "{0}【{1}】第{2}号", "{0}{1} {2}号", "{0}{1}-{2}")


def reference_documents() -> dict[str, list[Document]]:
    return {
        STATUTES: _documents(STATUTES, _lines("stard-statute-retrieval/articles.jsonl")),
        ENCYCLOPEDIA: _documents(ENCYCLOPEDIA, _lines("cmrc2018-trial/docs.jsonl")),
        POLICIES: _documents(POLICIES, _lines("gov-cn-policies/docs.jsonl")),
    }


def reference_questions() -> list[Judged]:
    asked = [
        *_asked(STATUTES, "stard-statute-retrieval/articles.jsonl", "stard-statute-retrieval/queries.jsonl"),
        *_asked(ENCYCLOPEDIA, "cmrc2018-trial/docs.jsonl", "cmrc2018-trial/queries.jsonl"),
    ]
    policies = list(_lines("gov-cn-policies/docs.jsonl"))
    titles = Counter(one["title"] for one in policies)
    numbers = Counter(one["doc_number"] for one in policies)
    for key, one in enumerate(policies, start=1):
        if titles[one["title"]] == 1:
            asked.append(Judged(f"{POLICIES} title", one["title"], frozenset([key])))
        code, bracket, rest = one["doc_number"].partition("〔")
        year, _bracket, serial = rest.partition("〕")
        if bracket and numbers[one["doc_number"]] == 1 and serial.rstrip("号").isdigit():
            text = SPELLINGS[key % len(SPELLINGS)].format(code, year, serial.rstrip("号"))
            asked.append(Judged(f"{POLICIES} number", text, frozenset([key])))
    return asked


def compare(fill: Callable[[Sequence[Sequence[Document]]], None]) -> dict[str, tuple[Quality, Quality]]:
    """By shape, searching and BM25 over the same collection; `fill` indexes it and nothing else."""
    found: dict[str, tuple[Quality, Quality]] = {}
    questions = reference_questions()
    for kind, held in reference_documents().items():
        fill([held])
        mine = [one for one in questions if one.shape.startswith(kind)]
        searched = measure(mine, lambda text: [hit.object_id for hit in search(text, now=NOW, limit=10).hits])
        ranked = measure(mine, Bm25(held).ask)
        found |= {shape: (one, ranked[shape]) for shape, one in searched.items() if shape != "all"}
    return found


def print_reference(found: dict[str, tuple[Quality, Quality]]) -> None:
    print(f"{'questions':18} {'n':>5} {'R@10':>6} {'MRR':>6} {'P@1':>6}   BM25 over pairs: R@10, MRR")
    for shape, (one, plain) in found.items():
        print(
            f"{shape:18} {one.questions:5} {one.recall:6.3f} {one.reciprocal:6.3f} {one.first:6.3f}   "
            f"{plain.recall:6.3f} {plain.reciprocal:6.3f}"
        )


class Bm25:
    """The textbook's, k1 1.2 and b 0.75, over pairs of characters of title and text."""

    def __init__(self, documents: list[Document]) -> None:
        self.counts = {one.object_id: Counter(_pairs(f"{one.title} {one.body}")) for one in documents}
        self.lengths = {key: sum(counts.values()) for key, counts in self.counts.items()}
        self.mean = sum(self.lengths.values()) / len(self.lengths)
        self.held = Counter(pair for counts in self.counts.values() for pair in counts)

    def ask(self, text: str) -> list[int]:
        scores = {key: self._score(key, set(_pairs(text))) for key in self.counts}
        return sorted((key for key, score in scores.items() if score), key=lambda key: (-scores[key], key))[:10]

    def _score(self, key: int, pairs: set[str]) -> float:
        total, length = len(self.counts), 1.2 * (0.25 + 0.75 * self.lengths[key] / self.mean)
        score = 0.0
        for pair in pairs:
            if count := self.counts[key].get(pair, 0):
                idf = log(1 + (total - self.held[pair] + 0.5) / (self.held[pair] + 0.5))
                score += idf * count * 2.2 / (count + length)
        return score


def _pairs(text: str) -> list[str]:
    run = squeezed(normal_form(text))
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _documents(kind: str, lines: Iterator[dict[str, Any]]) -> list[Document]:
    return [
        Document(
            kind=kind, object_id=key, title=one["title"], keys=one.get("doc_number", ""), body=one["text"], visible_from=NOW,
            visible_until=FOREVER, published_on=date(2020, 1, 1),
        )
        for key, one in enumerate(lines, start=1)
    ]  # fmt: skip


def _asked(kind: str, documents: str, questions: str) -> list[Judged]:
    keys = {one["id"]: key for key, one in enumerate(_lines(documents), start=1)}
    return [Judged(kind, one["query"], frozenset(keys[name] for name in one["relevant"])) for one in _lines(questions)]


def _lines(name: str) -> Iterator[dict[str, Any]]:
    with (FOLDER / name).open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
