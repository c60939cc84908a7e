"""Entries made of some of their columns, for long lists: of a row read by Django's own way half the time goes into its making.

They are entries of their class, with its methods; a column that was not asked for costs a query, as after `only`.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.db.models.base import ModelState
from django.db.models.query import BaseIterable

Rows = TypeVar("Rows", bound=QuerySet[Any])
Make = Callable[[Any], Any]


def light(rows: Rows, columns: Iterable[str]) -> Rows:
    """The same rows with these columns only. A path such as `region__slug` also gives the related entry, with its columns."""
    named = sorted(set(columns))
    paths = {name.rpartition("__")[0] for name in named} - {""}
    rows = rows.select_related(None).only(*named)
    return lightly(rows.select_related(*sorted(paths)) if paths else rows)


def lightly(rows: Rows) -> Rows:
    """The same rows, with the columns and related entries they ask for themselves."""
    rows = rows._chain()  # type: ignore[attr-defined]  # -- a copy, as every method of a queryset gives
    rows._iterable_class = LightRows
    return rows


class LightRows(BaseIterable):  # type: ignore[type-arg]  # -- cannot be subscripted at run time
    """What `ModelIterable` gives, without the constructor and the signals, of which our models use none."""

    def __iter__(self) -> Iterator[Any]:
        compiler = self.queryset.query.get_compiler(using=self.queryset.db)
        results = compiler.execute_sql(chunked_fetch=self.chunked_fetch, chunk_size=self.chunk_size)
        make = _maker(compiler.klass_info, compiler.select, self.queryset.db)
        annotated = tuple(compiler.annotation_col_map.items())
        for row in compiler.results_iter(results):
            entry = make(row)
            for name, place in annotated:
                entry.__dict__[name] = row[place]
            yield entry


def _maker(info: Any, select: Any, using: str) -> Make:
    """A function that makes an entry of its stretch of a row, and the related entries of theirs; None where there is none."""
    model, places = info["model"], info["select_fields"]
    first, last = places[0], places[-1] + 1
    names = tuple(select[place][0].target.attname for place in places)
    key = names.index(model._meta.pk.attname)
    related = tuple((one["field"].name, _maker(one, select, using)) for one in info.get("related_klass_infos", ()))

    def make(row: Any) -> Any:
        values = row[first:last]
        if values[key] is None:
            return None
        entry = model.__new__(model)
        entry.__dict__.update(zip(names, values, strict=True))
        entry._state = state = ModelState()
        state.db, state.adding = using, False
        state.fields_cache = {name: make_one(row) for name, make_one in related}
        return entry

    return make
