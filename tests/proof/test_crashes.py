"""The process dies after any statement of a step: the step was taken whole or not at all."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.proof.profile import IS_LONG, many
from tests.proof.steps import begin

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
EMPTY = {"load_sample"}


def file_of_this_database(folder):
    """A file with what the test database holds now, its open transaction included."""
    (folder / "before.sqlite3").write_bytes(connection.connection.serialize())


def die_everywhere(folder, act, spread):
    environment = {**os.environ, "DATA_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder / 'unused.sqlite3'}"}
    command = [sys.executable, "-m", "tests.proof.crashing", str(folder), act, str(spread)]
    answer = subprocess.run(  # noqa: S603 -- our own module
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=many(60, 3000)
    )
    assert answer.returncode == 0, answer.stderr[-2000:]
    return json.loads(answer.stdout.strip().splitlines()[-1])


@pytest.mark.sqlite
@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file of its own is SQLite's")
@pytest.mark.parametrize(
    ("act", "usual", "long"),
    [
        ("publish", 5, 0),
        ("apply_due", 4, 0),
        ("restore", 3, 0),
        ("submit", 3, 0),
        ("delete", 2, 0),
        *([("load_sample", 1, 12)] if IS_LONG else []),
    ],
)
def test_a_step_is_taken_whole_or_not_at_all(tmp_path, act, usual, long):
    if act not in EMPTY:
        begin()
    file_of_this_database(tmp_path)

    found = die_everywhere(tmp_path, act, many(usual, long))

    if IS_LONG:
        print(act, found["statements"], "statements", len(found["left"]), "deaths")  # noqa: T201 -- shown by -s
    assert found["statements"] > 10
    assert {tuple(one) for one in found["left"].values()} <= {(77, "before"), (77, "after")}
    assert "before" in {state for _code, state in found["left"].values()}
