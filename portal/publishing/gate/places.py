"""Where in an entry's admin form a column is mended, and in which order the form shows its boxes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from django.contrib.admin import site
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import Model

from portal.publishing.gate.finding import Problem
from portal.publishing.gate.whole import RowSet, row_sets

LAST = 1_000


class Place(NamedTuple):
    """`order` sorts places as the form shows them."""

    order: tuple[int, int, int]
    anchor: str


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes of one form, numbered; `renamed` gives the box that stands for a column of another name."""

    numbers: Mapping[str, int]
    renamed: Mapping[str, str]

    def find(self, column: str) -> tuple[str, int]:
        box = self.renamed.get(column, column)
        return (box, self.numbers[box]) if box in self.numbers else ("", LAST)


@dataclass(frozen=True, slots=True)
class Form:
    own: Boxes
    rows: Mapping[str, tuple[int, Boxes]]
    """By the name of the row set: its place among the inlines, and its boxes."""

    def place(self, problem: Problem, rows: RowSet | None, number: int) -> Place:
        if rows is None:
            box, position = self.own.find(problem.field)
            return Place((0, 0, position if problem.field else -1), f"id_{box}" if box else "")
        if rows.name not in self.rows:
            return Place((LAST, number, 0), "")
        inline, boxes = self.rows[rows.name]
        box, position = boxes.find(problem.field)
        anchor = f"id_{rows.prefix}-{number}-{box}" if box else f"{rows.prefix}-{number}"
        return Place((1 + inline, number, position), anchor)


@cache
def form_of(model: type[Model]) -> Form:
    """Read from the admin class; no query, no request."""
    admin: Any = site._registry.get(model)
    if admin is None:
        return Form(_boxes((), None), {})
    inlines = {one.model: (place, _boxes(one.fields or (), one.form)) for place, one in enumerate(admin.inlines)}
    rows = {one.name: inlines[one.model] for one in row_sets(model) if one.model in inlines}
    return Form(_boxes(flatten_fieldsets(admin.fieldsets or ()), admin.form), rows)


def _boxes(fields: Any, form: Any) -> Boxes:
    names = [name for line in fields for name in (line if isinstance(line, list | tuple) else (line,))]
    return Boxes({name: number for number, name in enumerate(names)}, getattr(form, "boxes", {}))
