import json
import subprocess
import sys

import pytest
from django.conf import settings

from bench.lives import HIDDEN, on_show

TARGETS = 26


def test_bench_prints_and_writes_what_each_target_costs(tmp_path):
    """In a process of its own, because the bench starts the site by itself."""
    path = tmp_path / "figures.json"
    command = [sys.executable, "-m", "bench", "--sizes", "50", "--rounds", "1", "--json", str(path)]

    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)  # noqa: S603 -- our own module

    assert done.returncode == 0, done.stderr
    rows = json.loads(path.read_text(encoding="utf-8"))["targets"]
    names = [row["target"] for row in rows]
    assert len(set(names)) == len(names) == TARGETS
    assert [line[:34].strip() for line in done.stdout.splitlines()[1:]] == names
    assert all(size["ms"] > 0 for row in rows for size in row["sizes"])
    unit = rows[0]["sizes"][0]
    assert (unit["times_bare"], unit["queries"], unit["kilobytes"]) == (1.0, 0, 16.8)


@pytest.mark.parametrize("count", [0, 7, 8, 60, 100, 184])
def test_on_show_counts_what_is_not_hidden(count):
    assert on_show(count) == sum(number % 100 not in HIDDEN for number in range(count))
