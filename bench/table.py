"""The report: one table on the screen and the same as JSON."""

import json
import platform
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import django
from django.db import connection

from .databases import Size
from .meter import Reading

UNIT = "bare view"
LATEST = Path(__file__).parent / "results" / "latest.json"


def report(readings: list[Reading], sizes: Iterable[Size], rounds: int) -> dict[str, Any]:
    rows = _rows(readings)
    return {
        "python": platform.python_version(),
        "django": django.get_version(),
        "database": connection.vendor,
        "rounds": rounds,
        "seeding": [{"rows": size.rows, "seconds": round(size.seed_seconds, 2)} for size in sizes],
        "targets": rows,
    }


def _rows(readings: list[Reading]) -> list[dict[str, Any]]:
    """One row a target, in the order measured; `growth` compares the largest size with the smallest."""
    found: dict[str, list[Reading]] = {}
    for reading in readings:
        found.setdefault(reading.target, []).append(reading)
    unit = {reading.rows: reading.milliseconds for reading in found[UNIT]}
    return [_row(target, by_size, unit) for target, by_size in found.items()]


def _row(target: str, by_size: list[Reading], unit: dict[int, float]) -> dict[str, Any]:
    sizes = [
        {
            "rows": reading.rows,
            "address": reading.address,
            "ms": round(reading.milliseconds, 4),
            "times_bare": round(reading.milliseconds / unit[reading.rows], 2),
            "queries": reading.queries,
            "kilobytes": round(reading.kilobytes, 1),
        }
        for reading in by_size
    ]
    return {"target": target, "sizes": sizes, "growth": round(by_size[-1].milliseconds / by_size[0].milliseconds, 2)}


def print_table(found: dict[str, Any]) -> None:
    sizes = [size["rows"] for size in found["targets"][0]["sizes"]]
    head = "".join(f"{f'N={rows}: ms':>14}{'x bare':>8}{'SQL':>5}{'KB':>7}" for rows in sizes)
    print(f"{'':34}{head}{'growth':>8}")
    for row in found["targets"]:
        cells = "".join(f"{s['ms']:>14.3f}{s['times_bare']:>8.1f}{s['queries']:>5}{s['kilobytes']:>7.1f}" for s in row["sizes"])
        print(f"{row['target']:34}{cells}{row['growth']:>8.2f}")


def write_json(found: dict[str, Any], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
