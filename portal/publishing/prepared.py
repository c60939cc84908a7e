"""Queries whose SQL is built once in a process and then only given its values.

Of a page's time the building of SQL takes most, and it comes out the same each time but for a key, a slug and the moment.
"""

import copy
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import update_wrapper
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, CharField, DateField, DateTimeField, Expression, QuerySet, UUIDField
from django.db.models.sql.where import WhereNode
from django.utils import timezone

MOST_PLANS = 128
SIZES = (1, 2, 3, 5, 10, 20, 30, 50, 100, 200)
FIELDS: dict[type, Any] = {
    int: BigIntegerField,
    str: CharField,
    datetime: DateTimeField,
    date: DateField,
    UUID: UUIDField,
}


class Slot(Expression):
    """A value that is given when the query runs."""

    def __init__(self, name: str, kind: type) -> None:
        super().__init__(output_field=FIELDS[kind]())
        self.name, self.kind = name, kind

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


class Slots(Expression):
    """Any number of values, for `__in`."""

    def __init__(self, name: str, kind: type, size: int) -> None:
        super().__init__(output_field=FIELDS[kind]())
        self.slots = [Slot(f"{name}.{place}", kind) for place in range(size)]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return f"({', '.join(['%s'] * len(self.slots))})", tuple(self.slots)


_building: ContextVar[bool] = ContextVar("building", default=False)


def moment() -> Any:
    """Now; inside a query that is being prepared, the place where the moment of its use will stand."""
    return Slot("moment", datetime) if _building.get() else timezone.now()


def this_day() -> Any:
    """The same for today."""
    return Slot("this_day", date) if _building.get() else timezone.localdate()


@dataclass(frozen=True, slots=True, repr=False)
class Plan:
    """A query with its SQL, which is "" when it can have no rows."""

    rows: QuerySet[Any]
    compiler: Any
    sql: str
    params: tuple[Any, ...]

    def bind(self, using: str, values: dict[str, Any]) -> QuerySet[Any]:
        compiler = copy.copy(self.compiler)
        compiler.connection = connections[using]
        adapted = {name: _adapted(compiler.connection, value) for name, value in values.items()}
        params = tuple(adapted[one.name] if isinstance(one, Slot) else one for one in self.params)
        compiler.as_sql = lambda *_args, **_more: (self.sql, params)
        bound = self.rows._chain()  # type: ignore[attr-defined]  # -- a copy that was not read yet
        bound.query.get_compiler = lambda *_args, **_more: compiler
        return bound


class Prepared:
    """A function that builds a queryset, called with what shapes it (positional, hashable) and what only fills it (named)."""

    def __init__(self, build: Callable[..., QuerySet[Any]]) -> None:
        self.build = build
        self.plans: OrderedDict[Any, Plan] = OrderedDict()
        update_wrapper(self, build)

    def __call__(self, *shape: Any, **values: Any) -> list[Any]:
        """The rows; one query, none for an empty list of values. Values are int, str, date, datetime, UUID or a list of such."""
        if any(isinstance(value, list) and not value for value in values.values()):
            return []
        filled = {name: _padded(value) if isinstance(value, list) else value for name, value in values.items()}
        kinds = tuple((name, _kind(value)) for name, value in filled.items())
        using = DEFAULT_DB_ALIAS
        plan = self._plan(using, shape, kinds)
        if not plan.sql:
            return []
        now = timezone.now()
        return list(plan.bind(using, _flat(filled) | {"moment": now, "this_day": timezone.localdate(now)}))

    def _plan(self, using: str, shape: tuple[Any, ...], kinds: tuple[Any, ...]) -> Plan:
        key = using, shape, kinds
        plan = self.plans.get(key)
        if plan is None:
            plan = self.plans[key] = self._made(using, shape, kinds)
            while len(self.plans) > MOST_PLANS:
                self.plans.popitem(last=False)
        return plan

    def _made(self, using: str, shape: tuple[Any, ...], kinds: tuple[Any, ...]) -> Plan:
        with _preparing():
            rows = self.build(*shape, **{name: _slot(name, *kind) for name, kind in kinds})
            compiler = rows.query.get_compiler(using)
            try:
                sql, params = compiler.as_sql()
            except (EmptyResultSet, FullResultSet):
                return Plan(rows, compiler, "", ())
        if any(_is_of_now(one) and str(one) not in str(shape) for one in params):
            raise ValueError(f"{self.build.__qualname__} bakes a date into its query: take it from moment() or this_day().")
        _strip(compiler)
        return Plan(rows, compiler, sql, tuple(params))


def prepared(build: Callable[..., QuerySet[Any]]) -> Prepared:
    return Prepared(build)


@contextmanager
def _preparing() -> Iterator[None]:
    token = _building.set(True)
    try:
        yield
    finally:
        _building.reset(token)


def _strip(compiler: Any) -> None:
    """Of what built the text only what reads the rows is kept: a fifth of the memory."""
    for query in (compiler.query, *compiler.query.combined_queries):
        query.where, query.alias_map = WhereNode(), {}
    compiler.query.combined_queries = ()
    compiler.where = compiler.having = compiler.qualify = None


def _padded(values: list[Any]) -> list[Any]:
    """As long as the next of a few sizes, so that a handful of plans serves lists of any length; the last stands there again."""
    size = next((one for one in SIZES if one >= len(values)), len(values))
    return values + values[-1:] * (size - len(values))


def _kind(value: Any) -> tuple[Any, ...]:
    return (type(value[0]), len(value)) if isinstance(value, list) else (type(value),)


def _slot(name: str, kind: type, size: int | None = None) -> Expression:
    return Slot(name, kind) if size is None else Slots(name, kind, size)


def _flat(values: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in values.items():
        flat |= {f"{name}.{place}": one for place, one in enumerate(value)} if isinstance(value, list) else {name: value}
    return flat


def _adapted(connection: Any, value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


def _is_of_now(param: Any) -> bool:
    """Whether a value was taken from the clock while the query was built: it would stay in the query."""
    now = timezone.now()
    days = {day.isoformat() for day in (now.date(), timezone.localdate(now))}
    return isinstance(param, str | date) and str(param)[:10] in days
