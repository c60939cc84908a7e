"""An entry with its rows as the rules read it: each set once, however many rules ask."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.contenttypes.fields import GenericRelation
from django.db.models import CharField, Model, SlugField, TextField

from portal.publishing.models import Child, Publishable


class RowSet(NamedTuple):
    """Rows of one kind that belong to an entry: the attribute that reads them, their model, and the prefix of their boxes."""

    name: str
    model: type[Model]
    prefix: str


class Text(NamedTuple):
    """A text as staff wrote it; `row` is None for a column of the entry itself."""

    row: Any
    field: Any
    text: str


class Whole:
    """`also_public` are the entries (uuid) that become public together with this one; `read` are sets of rows read already."""

    def __init__(
        self, entry: Publishable, *, also_public: Collection[UUID] = (), read: Mapping[str, list[Any]] | None = None
    ) -> None:
        self.entry: Any = entry
        self.also_public = {entry.uuid, *also_public}
        self._kept: dict[Any, Any] = {("rows", name): rows for name, rows in (read or {}).items()}

    def rows(self, name: str) -> list[Any]:
        """The rows of a set in the order of the form; one query for the first who asks."""
        return self.once(("rows", name), lambda: list(getattr(self.entry, name).all()) if self.entry.pk else [])

    def all_rows(self) -> Iterator[tuple[RowSet, int, Any]]:
        """Every row with its set and its number there."""
        for rows in row_sets(self.entry.__class__):
            for number, row in enumerate(self.rows(rows.name)):
                yield rows, number, row

    def has_any(self, relation: str) -> bool:
        """Whether a many-to-many relation holds anything; one query for the first who asks."""
        return bool(self.once(("any", relation), lambda: bool(self.entry.pk) and getattr(self.entry, relation).exists()))

    def parts(self) -> Iterator[tuple[Any, Any]]:
        """The entry and each of its rows, as (row or None, what holds the columns)."""
        yield None, self.entry
        yield from ((row, row) for _rows, _number, row in self.all_rows())

    def texts(self) -> Iterator[Text]:
        """Every text of entry and rows that is not empty."""
        for row, holder in self.parts():
            for field in text_columns(holder.__class__):
                if text := getattr(holder, field.name):
                    yield Text(row, field, text)

    def once(self, key: Any, read: Callable[[], Any]) -> Any:
        """What `read` gave when it was asked for under this key first."""
        if key not in self._kept:
            self._kept[key] = read()
        return self._kept[key]


@cache
def text_columns(model: type[Model]) -> tuple[Any, ...]:
    """What staff write in words: no choices, no address names, nothing derived."""
    return tuple(
        field
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField)
        and field.editable
        and not field.choices
        and not isinstance(field, SlugField)
        and field.name != "slug"
    )


@cache
def row_sets(model: type[Model]) -> tuple[RowSet, ...]:
    return tuple(_row_sets(model._meta))


def _row_sets(options: Any) -> Iterator[RowSet]:
    through = {one.remote_field.through for one in options.many_to_many if not one.remote_field.through._meta.auto_created}
    for relation in options.related_objects:
        model = relation.related_model
        if model in through or (issubclass(model, Child) and relation.field.name == model.parent_field):
            name = relation.get_accessor_name()
            yield RowSet(name, model, name)
    for one in options.private_fields:
        if isinstance(one, GenericRelation):
            rows = one.related_model._meta
            prefix = f"{rows.app_label}-{rows.model_name}-{one.content_type_field_name}-{one.object_id_field_name}"
            yield RowSet(one.name, one.related_model, prefix)
