"""Setting a stored entry to a snapshot: its columns, relations and rows, each row keeping its key."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.publishing.aggregate import RowSet, Shape, Snapshot, identity_field, shape_of
from portal.publishing.canonical import stored_value
from portal.publishing.lifecycle import finish_entry, save_entry
from portal.publishing.models import Child, Edition, Publishable


class LostReferenceError(Exception):
    """The snapshot names entries or rows that are no longer stored; nothing was written. `names` says which."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = list(names)
        super().__init__(_("引用的内容已经不在：%(names)s。什么都没有写入。") % {"names": _("、").join(self.names)})


@transaction.atomic
def write_snapshot(
    row: Publishable,
    taken: Snapshot,
    *,
    by: Any,
    at: datetime | None = None,
    expected_version: int | None = None,
    kind: str = "",
    reason: str = "",
) -> Edition | None:
    """Write an entry, new or stored, as the snapshot says it; rows are matched by identity, so what points to them still does.

    LostReferenceError, or StaleVersionError as of `save_entry`, with nothing written. `kind`, `reason` and what is returned
    are as of `finish_entry`.
    """
    fill_entry(row, taken, by=by, at=at, expected_version=expected_version)
    return finish_entry(row, at=at, kind=kind, reason=reason)


@transaction.atomic
def fill_entry(
    row: Publishable, taken: Snapshot, *, by: Any, at: datetime | None = None, expected_version: int | None = None
) -> None:
    """Write columns, relations and rows only; `finish_entry` is still to be called."""
    shape = shape_of(type(row))
    keys = _Keys(shape, taken)
    for column in shape.columns:
        setattr(row, column.attname, keys.value(column, taken["columns"].get(column.name)))
    save_entry(row, by=by, expected_version=expected_version, at=at)
    for name in shape.relations:
        target = shape.model._meta.get_field(name).related_model
        getattr(row, name).set([keys.of(target, one) for one in taken["relations"].get(name, ())])
    _drop_cached_rows(row)
    for row_set in shape.row_sets:
        _write_rows(row_set, row, taken["rows"].get(row_set.name, {}), keys)


class _Keys:
    """The keys of everything a snapshot names, by model and identity; one query a model."""

    def __init__(self, shape: Shape, taken: Snapshot) -> None:
        wanted: dict[Any, set[str]] = defaultdict(set)
        self.inner = {one.model for one in shape.row_sets}
        for model, identity in _references(shape, taken):
            if model not in self.inner:
                wanted[model].add(identity)
        self.found: dict[Any, dict[str, Any]] = {model: _stored_keys(model, names) for model, names in wanted.items()}
        own = {one.model: set(taken["rows"].get(one.name, ())) for one in shape.row_sets}
        wanted |= {
            model: {one for owner, one in _references(shape, taken) if owner is model} - own[model] for model in self.inner
        }
        lost = [(model, name) for model, names in wanted.items() for name in sorted(names - self.found.get(model, {}).keys())]
        if lost:
            raise LostReferenceError(f"{model._meta.verbose_name} {name}" for model, name in lost)

    def of(self, model: Any, identity: str) -> Any:
        return self.found[model][identity]

    def value(self, column: Any, plain: Any) -> Any:
        """What the column's attribute holds; a column the snapshot does not know has its default."""
        if column.is_relation:
            return self.of(column.related_model, plain) if plain else None
        if plain is None and not column.null:
            return column.get_default()
        return stored_value(column, plain)


def _references(shape: Shape, taken: Snapshot) -> Iterable[tuple[Any, str]]:
    for name in shape.relations:
        yield from ((shape.model._meta.get_field(name).related_model, one) for one in taken["relations"].get(name, ()))
    yield from _named(shape.columns, taken["columns"])
    for row_set in shape.row_sets:
        for values in taken["rows"].get(row_set.name, {}).values():
            yield from _named(row_set.columns, values)


def _named(columns: Iterable[Any], values: Mapping[str, Any]) -> Iterable[tuple[Any, str]]:
    return [(one.related_model, values[one.name]) for one in columns if one.is_relation and values.get(one.name)]


def _stored_keys(model: Any, names: set[str]) -> dict[str, Any]:
    """Identities only: neither working copies nor their rows are ever pointed to."""
    field = identity_field(model)
    rows = model._base_manager.filter(**{f"{field}__in": names})
    owner = f"{model.parent_field}__" if issubclass(model, Child) else ""
    return {str(one): pk for one, pk in rows.filter(**{f"{owner}copy_of__isnull": True}).values_list(field, "pk")}


def _write_rows(row_set: RowSet, owner: Publishable, wanted: Mapping[str, Any], keys: _Keys) -> None:
    """Rows that are gone go first, then those that change what must be unique, so that rows can swap values."""
    stored = {str(one): row for one, row in _with_identity(row_set, owner)}
    for identity in stored.keys() - wanted.keys():
        stored.pop(identity).delete()
    keys.found.setdefault(row_set.model, {})
    unique = _unique_columns(row_set)
    fresh: list[tuple[str, Any]] = []
    for identity, values in wanted.items():
        row = stored.get(identity) or _new_row(row_set, owner, identity)
        before = _values(row_set, row)
        for column in row_set.columns:
            setattr(row, column.attname, keys.value(column, values.get(column.name)))
        changed = {name for name, value in _values(row_set, row).items() if value != before[name]}
        if row.pk is not None and changed & unique:
            # Not a deletion: the row comes back with its key before the transaction ends, so nothing that points to it is asked.
            row_set.model._base_manager.filter(pk=row.pk)._raw_delete(row_set.model._base_manager.db)
            row._state.adding = True
        if changed or row._state.adding:
            fresh.append((identity, row))
        else:
            keys.found[row_set.model][identity] = row.pk
    for identity, row in fresh:
        row.save(force_insert=row._state.adding)
        keys.found[row_set.model][identity] = row.pk


def _with_identity(row_set: RowSet, owner: Publishable) -> Iterable[tuple[Any, Any]]:
    rows = list(row_set.of(owner))
    names = dict(row_set.of(owner).values_list("pk", row_set.identity)) if "__" in row_set.identity else {}
    return [(names[row.pk] if names else row.uid, row) for row in rows]


def _new_row(row_set: RowSet, owner: Publishable, identity: str) -> Any:
    own = {} if "__" in row_set.identity else {"uid": identity}
    return row_set.model(**row_set.belonging(owner), **own)


def _values(row_set: RowSet, row: Any) -> dict[str, Any]:
    return {one.attname: getattr(row, one.attname) for one in row_set.columns}


def _unique_columns(row_set: RowSet) -> set[str]:
    options = row_set.model._meta
    return {options.get_field(name).attname for one in options.total_unique_constraints for name in one.fields}


def _drop_cached_rows(row: Publishable) -> None:
    getattr(row, "_prefetched_objects_cache", {}).clear()
