"""Starts Django on throw-away databases, one for each size, and switches between them."""

import os
import tempfile
from pathlib import Path


def start() -> Path:
    """Set the site up with the project's settings; returns the folder of everything written. Call before any model import."""
    folder = Path(tempfile.mkdtemp(prefix="talent-portal-bench-"))
    os.environ["DATA_DIR"] = str(folder)
    os.environ["SITE_URL"] = "http://127.0.0.1:8000"
    os.environ.setdefault("SECRET_KEY", "only-for-the-bench-0123456789-abcdefghijklmnopqrstuvwxyz-")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder / 'bench.sqlite3'}")
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django  # noqa: PLC0415 -- after the environment above

    django.setup()
    return folder
