"""Rows of every type in one query: each type a branch of a union with the columns of a `Task`."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import BigIntegerField, CharField, F, Func, IntegerField, Model, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, Trim

from portal.publishing.desk.task import Task
from portal.publishing.models import Child, Publishable
from portal.publishing.scope import entry_path
from portal.staff.roles import region_model

COLUMNS = tuple(f"task_{name}" for name in Task._fields)
NUMBER, TOTAL = "task_branch", "task_total"
NO_TEXT = Value("", CharField())


@cache
def entry_types() -> tuple[Any, ...]:
    return tuple(model for model in apps.get_models() if issubclass(model, Publishable))


@cache
def ending_types() -> tuple[Any, ...]:
    """Entries and rows that have last days of their own."""
    types = (model for model in apps.get_models() if issubclass(model, Publishable | Child))
    return tuple(model for model in types if model.ending_columns)


def branch(rows: QuerySet[Any], *, when: Any, rank: Any = None, note: Any = NO_TEXT, who: Any = NO_TEXT) -> QuerySet[Any]:
    """Entries, or rows of entries, of one type."""
    label = Value(rows.model._meta.label_lower, CharField())
    return _columns(
        rows, type=label, title=title_of(rows.model), region=_text(_region_name(rows.model)), when=when, rank=rank,
        note=note, who=who, submission=Value(0, BigIntegerField()),
    )  # fmt: skip


def item_branch(rows: QuerySet[Any], *, when: Any, note: Any, who: Any) -> QuerySet[Any]:
    """Items of submissions."""
    return _columns(
        rows, type=_text("entry_type"), title=_text("title"), region=_text("region__short_name"), when=when, rank=None,
        note=note, who=who, submission=Cast(F("submission_id"), BigIntegerField()),
    )  # fmt: skip


def _region_name(model: type[Model]) -> str:
    """A region is its own."""
    return "short_name" if model is region_model() else f"{entry_path(model)}region__short_name"


def title_of(model: type[Model]) -> Any:
    """What `__str__` says, as SQL; the slug where that is empty."""
    columns: tuple[str, ...] = getattr(model, "title_columns", ("name",))
    parts = [piece for column in columns for piece in (Value(" "), F(column))][1:]
    whole = Trim(Concat(*parts)) if len(columns) > 1 else F(columns[0])
    found = NullIf(Cast(whole, CharField()), NO_TEXT)
    names = {one.name for one in model._meta.concrete_fields}
    return Coalesce(found, Cast(F("slug"), CharField())) if "slug" in names else Coalesce(found, NO_TEXT)


def title_relations(model: Any) -> list[str]:
    """What to load along so that naming rows and their regions asks nothing more."""
    paths = [column.rpartition("__")[0] for column in model.title_columns]
    return ["copy_of" if model is region_model() else "region", *(path for path in paths if path)]


def person(path: str) -> Any:
    """What colleagues call a person; empty for the system."""
    return Coalesce(NullIf(_text(f"{path}__display_name"), NO_TEXT), _text(f"{path}__username"), NO_TEXT)


def first_of(branches: Iterable[QuerySet[Any]], order: tuple[str, ...], most: int) -> tuple[list[Task], int]:
    """The first tasks of a list and how many there are in all; one query.

    Each branch gives its first rows and its number of rows, so that no branch is read whole.
    """
    found = list(_union([_first(one, number, order, most) for number, one in enumerate(branches)]))
    totals = {number: total for *_task, number, total in found}
    return _in_order([Task(*row[:-2]) for row in found], order)[:most], sum(totals.values())


def page_of(branches: Iterable[QuerySet[Any]], order: tuple[str, ...]) -> QuerySet[Any]:
    """All tasks of a list, to slice and to count."""
    return _union([one.values_list(*COLUMNS) for one in branches]).order_by(*order)


def _in_order(tasks: list[Task], order: tuple[str, ...]) -> list[Task]:
    """As the database sorts them; within a rank either all have a date or none."""
    for key in reversed(order):
        name = key.removeprefix("-").removeprefix("task_")
        tasks = sorted(
            tasks, key=lambda task: (getattr(task, name) is None, getattr(task, name) or 0), reverse=key.startswith("-")
        )
    return tasks


def _first(rows: QuerySet[Any], number: int, order: tuple[str, ...], most: int) -> QuerySet[Any]:
    first = rows.order_by(*order).values("pk")[:most]
    count = rows.order_by().annotate(found=Func(F("pk"), function="COUNT", output_field=IntegerField())).values("found")
    own = {NUMBER: Value(number, IntegerField()), TOTAL: Subquery(count)}
    return rows.filter(pk__in=first).annotate(**own).values_list(*COLUMNS, NUMBER, TOTAL)


def _union(branches: list[QuerySet[Any]]) -> Any:
    first, *others = branches
    return first.union(*others, all=True) if others else first


def _columns(rows: QuerySet[Any], *, rank: Any, **columns: Any) -> QuerySet[Any]:
    own = {"key": Cast(F("pk"), BigIntegerField()), "rank": rank or Value(0, IntegerField()), **columns}
    return rows.order_by().annotate(**{f"task_{name}": own[name] for name in Task._fields})


def _text(path: str) -> Any:
    return Cast(F(path), CharField())
