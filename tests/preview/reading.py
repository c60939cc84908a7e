"""What the tests of previews share: addresses, the mark taken off a page, everything a database holds."""

import re
from typing import Any

from django.db import connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from portal.publishing.preview import Draft, draft_page

FILES = "/somewhere/files/"
DOCUMENT = re.compile(FILES + r"([0-9a-f]{64}\.)")
LANGUAGES = ("zh-hans", "en")


def address(entry: Any, page: str, *args: str) -> str:
    options = entry._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_preview_{page}", args=[entry.pk, *args])


def previewed(entry: Any, language: str = "zh-hans", **more: Any) -> str:
    return draft_page(entry, language=language, draft=Draft(()), files=FILES, **more).content.decode()


def unmarked(page: str, language: str = "zh-hans") -> str:
    """The page without its mark, and with its files where readers find them."""
    context = {"request": {"draft": Draft(())}, "is_english": language == "en"}
    for part in ("parts/_draft_head.html", "parts/_draft_mark.html"):
        with translation.override(language):
            mark = render_to_string(part, context)
        assert page.count(mark) == 1, part
        page = page.replace(mark, "")
    return DOCUMENT.sub(r"/files/\1", page).replace(FILES, "/media/")


def everything() -> list[Any]:
    """Every row of every table, and on SQLite the schema too."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master ORDER BY 1")
            found: list[Any] = cursor.fetchall()
            for name, sql in [row for row in found if "CREATE TABLE" in str(row[1])]:
                cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 -- names of our tables
                found.append((name, sql, sorted(map(repr, cursor.fetchall()))))
            return found
        found = []
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')  # noqa: S608 -- names of our tables
            found.append((table, cursor.fetchall()))
        return found
