"""Two threads save one policy: run as `python -m tests.proof.saving KEY TIMES`; prints what became of each save, and what is stored."""

import json
import os
import sys
from threading import Thread

COLUMNS = ("summary", "body", "summary_en", "title_en")


def save_many(key, times, column, outcome):
    """Read and save, again when somebody was faster; how often each happened."""
    try:
        for number in range(times):
            while True:
                row = Policy.objects.get(pk=key)
                setattr(row, column, f"{number}")
                try:
                    with transaction.atomic():
                        save_entry(row, by=None, expected_version=row.version)
                        finish_entry(row)
                except StaleVersionError:
                    outcome.append("stale")
                else:
                    outcome.append("saved")
                    break
    except Exception as error:  # noqa: BLE001 -- a thread's error is the test's to tell
        outcome.append(repr(error))
    finally:
        connections.close_all()


def beside(*works):
    threads = [Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(1800)


def main(key, times):
    outcomes = ([], [])
    beside(*(lambda c=column, o=outcome: save_many(key, times, c, o) for column, outcome in zip(COLUMNS, outcomes, strict=False)))
    print(json.dumps([outcomes, [*Policy.objects.values_list("version", "summary", "body").get(pk=key)]]))  # noqa: T201


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()

from django.db import connections, transaction  # noqa: E402 -- models need Django to be set up

from policies.models import Policy  # noqa: E402
from portal.publishing.lifecycle import StaleVersionError, finish_entry, save_entry  # noqa: E402

if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
