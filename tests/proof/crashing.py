"""A program that dies in the middle of each step: run as `python -m tests.proof.crashing FOLDER ACT SPREAD`.

FOLDER has `before.sqlite3`. Django is set up once; each attempt is a fork that opens a copy of the file and dies by `os._exit`
after its n-th statement. Prints, as JSON, how many statements the step has and what each death left behind.
"""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

DEATH = 77
READABLE = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
"""What the index tables hold can be read in the tables beneath them only."""
RANDOM = re.compile(r"[0-9a-f]{32,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d[T ][\d:.+]+Z?")
"""Identities, hashes and moments differ from run to run."""


def contents(file, *, masked):
    """A hash of every row of every table; integrity is checked on the way."""
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        names = [name for (name,) in database.execute(READABLE)]
        tables = {name: sorted(map(repr, database.execute(f'SELECT * FROM "{name}"'))) for name in names}  # noqa: S608
    tables.pop("sqlite_sequence", None)
    text = json.dumps(tables)
    return hashlib.sha256((RANDOM.sub("*", text) if masked else text).encode()).hexdigest()


def attempt(folder, act, last):
    """Take the step in a process of its own that dies after its statement number `last`; how many it came to."""
    file, counted = folder / "now.sqlite3", folder / "counted"
    for old in folder.glob("now.sqlite3*"):
        old.unlink(missing_ok=True)
    shutil.copy(folder / "before.sqlite3", file)
    if (child := os.fork()) == 0:
        run(file, counted, act, last)
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), int(counted.read_text())


def run(file, counted, act, last):
    from django.conf import settings  # noqa: PLC0415 -- after the fork
    from django.db import connection  # noqa: PLC0415

    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(file)
    from tests.proof.steps import STEPS  # noqa: PLC0415 -- read before the fork, by `main`

    step, count = STEPS[act], 0

    def count_down(execute, *args):
        nonlocal count
        answer = execute(*args)
        count += 1
        if count == last:
            counted.write_text(str(count))
            os._exit(DEATH)
        return answer

    work = step()
    try:
        with connection.execute_wrapper(count_down):
            work()
    except BaseException as error:  # noqa: BLE001 -- the process ends here whatever it was
        print(repr(error), file=sys.stderr)  # noqa: T201
        os._exit(1)
    counted.write_text(str(count))
    connection.close()
    os._exit(0)


def main(folder, act, spread):
    import tests.proof.steps  # noqa: F401, PLC0415 -- after Django is set up; opens no connection

    exit_code, total = attempt(folder, act, 0)
    assert exit_code == 0, "the step itself failed"
    file = folder / "now.sqlite3"
    before, after = contents(folder / "before.sqlite3", masked=False), contents(file, masked=True)
    left = {}
    chosen = sorted({max(1, round(total * n / spread)) for n in range(1, spread + 1)}) if spread else range(1, total + 1)
    for last in chosen:
        exit_code, _count = attempt(folder, act, last)
        is_before, is_after = contents(file, masked=False) == before, contents(file, masked=True) == after
        left[last] = [exit_code, "before" if is_before else "after" if is_after else "half"]
    print(json.dumps({"statements": total, "left": left}))  # noqa: T201 -- read by the test


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
