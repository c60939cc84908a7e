"""Inserts rows in the order given, with keys of its own counting: one statement for many rows, built once."""

from collections.abc import Callable, Iterable
from functools import cache
from itertools import count
from typing import Any

from django.core.management.color import no_style
from django.db import connections, models

from portal.publishing.models.json_text import JsonTextField

PLAIN_FIELDS = (models.CharField, models.TextField, models.IntegerField, models.ForeignKey)
PLAIN_TYPES = {str, int, type(None)}
_next_keys: dict[type[models.Model], "count[int]"] = {}


def start_counting() -> None:
    """Begin at 1 again; the tables must be empty."""
    _next_keys.clear()


def insert_rows(rows: Iterable[Any]) -> None:
    """Give each row its key and insert all; every column is prepared by its field, as `bulk_create` would."""
    found = list(rows)
    if not found:
        return
    model: Any = type(found[0])
    keys = _next_keys.setdefault(model, count(1))
    for row in found:
        row.pk = next(keys)
    columns = _columns(model)
    with connections["default"].cursor() as cursor:
        cursor.executemany(_statement(model), [[read(row) for read in columns] for row in found])


def finish_counting() -> None:
    """Tell the database where its own counting goes on."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(_next_keys)):
            cursor.execute(statement)


@cache
def _statement(model: Any) -> str:
    quote = connections["default"].ops.quote_name
    columns = [quote(field.column) for field in model._meta.concrete_fields]
    return f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"  # noqa: S608 -- names of our own tables


@cache
def _columns(model: Any) -> list[Callable[[Any], Any]]:
    return [_column(field) for field in model._meta.concrete_fields]


def _column(field: Any) -> Callable[[Any], Any]:
    connection, name = connections["default"], field.attname

    def prepared(row: Any) -> Any:
        return field.get_db_prep_save(field.pre_save(row, True), connection)

    def plain(row: Any) -> Any:
        value = row.__dict__[name]
        return value if type(value) in PLAIN_TYPES else prepared(row)

    return plain if isinstance(field, PLAIN_FIELDS) and not isinstance(field, JsonTextField) else prepared
