"""A database of its own for each size, beside the one `DATABASE_URL` names; dropped at the end."""

from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

from django.conf import settings
from django.db import connection

from .seed import seed


@dataclass(frozen=True, slots=True)
class Size:
    rows: int
    database: str
    seed_seconds: float


class Databases:
    """Built with Django's own test-database machinery, so it works for SQLite files and PostgreSQL alike."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = str(settings.DATABASES["default"]["NAME"])
        self.sizes: list[Size] = []

    def build(self, rows: int) -> Size:
        name = self._create(str(rows))
        start = process_time()
        seed(rows)
        size = Size(rows, name, process_time() - start)
        if connection.vendor == "postgresql":  # autovacuum would; on SQLite nothing collects statistics
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        self.sizes.append(size)
        return size

    def make(self, name: str) -> None:
        """An empty one, dropped with the others."""
        self.sizes.append(Size(0, self._create(name), 0.0))

    def _create(self, suffix: str) -> str:
        settings_of: dict[str, Any] = connection.settings_dict
        name = (
            str(self.folder / f"bench-{suffix}.sqlite3") if connection.vendor == "sqlite" else f"bench_{suffix}".replace("-", "_")
        )
        settings_of["TEST"]["NAME"] = name
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        return str(settings_of["NAME"])

    def use(self, size: Size) -> None:
        connection.close()
        connection.settings_dict["NAME"] = size.database

    def drop(self) -> None:
        for size in self.sizes:
            self.use(size)
            connection.creation.destroy_test_db(self.home, verbosity=0)
