"""Counting what readers look for and do not find, so that staff can add a synonym or an entry; nothing personal is kept."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import DatabaseError, connection, transaction
from django.db.models import F

from portal.search.models import Unanswered
from portal.text.normal_form import normal_form

LEAST, MOST = 2, 40
MOST_A_DAY = 500
"""Different texts of one day; more would be somebody trying words."""
KEPT = timedelta(days=90)
PATIENCE = 200
"""Milliseconds that a reader's page waits for the write lock of SQLite; the count is not worth more."""
_PERSONAL = re.compile(r"(?:[0-9][\W_]*){7}|@|[0-9]{17}x")
"""Seven digits or more in a row, however they are grouped, and addresses of mail: somebody's number, never a document's."""


def countable(text: str) -> str:
    """The text as it is counted; "" for what is too short, too long, or may tell of a person."""
    words = " ".join(normal_form(text).split())
    is_some = LEAST <= len(words) <= MOST and any(map(str.isalnum, words))
    return words if is_some and not _PERSONAL.search(words) else ""


def count_unanswered(text: str, day: date) -> None:
    """One or three queries; nothing where the database is busy, since no reader waits for it."""
    words = countable(text)
    if not words:
        return
    try:
        with _impatient(), transaction.atomic():
            if Unanswered.objects.filter(day=day, words=words).update(times=F("times") + 1):
                return
            if Unanswered.objects.filter(day=day).count() < MOST_A_DAY:
                Unanswered.objects.bulk_create([Unanswered(day=day, words=words)], ignore_conflicts=True)
    except DatabaseError:
        return


def prune_unanswered(today: date) -> int:
    """Delete what is older than 90 days; how many rows went."""
    return Unanswered.objects.filter(day__lt=today - KEPT).delete()[0]


@contextmanager
def _impatient() -> Iterator[None]:
    """SQLite waits ten seconds for its lock otherwise."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE:d}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before:d}")
