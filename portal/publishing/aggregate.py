"""What an entry consists of: its own columns, its plain many-to-many relations, and its rows.

A snapshot names other entries by their identity, never by key, and is the same on both databases:
`{"type", "uuid", "columns": {name: value}, "relations": {name: [uuid]}, "rows": {set: {uid: {column: value}}}}`.
It holds what staff write and review; life-cycle columns and columns derived from others stand outside.
"""

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, Model, QuerySet, Value

from portal.publishing.canonical import plain_value
from portal.publishing.models import AsciiKeyField, Child, Publishable
from portal.publishing.models.change import UnprobedJSONObject
from portal.publishing.prepared import prepared

LIFE = frozenset({
    "id", "uuid", "state", "visible_from", "visible_until", "copy_of", "base_digest", "version", "created_by", "created_at",
    "updated_by", "updated_at", "first_published_at", "public_updated_at", "withdrawn_reason",
})  # fmt: skip
"""Columns that say what became of an entry, not what it says."""
RELATION, ROWS = "@", "#"

Snapshot = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowSet:
    """Rows of one kind that belong to an entry. `link` is the column that leads to it, `type_link` says of which type it is."""

    name: str
    model: Any
    columns: tuple[Any, ...]
    link: str
    type_link: str = ""

    @property
    def identity(self) -> str:
        """The lookup that tells the rows of one entry apart, in every copy of it alike."""
        is_child = issubclass(self.model, Child)
        return "uid" if is_child else next(f"{one.name}__uuid" for one in self.columns if one.is_relation)

    def of(self, owner: Publishable) -> QuerySet[Any]:
        return self.of_keys([owner.pk], content_type(type(owner)))

    def of_keys(self, keys: Any, owner_type: Any) -> QuerySet[Any]:
        """The rows of owners of one type."""
        found: QuerySet[Any] = self.model._base_manager.filter(**{f"{self.link}__in": keys})
        return found.filter(**{self.type_link: owner_type}) if self.type_link else found

    def belonging(self, owner: Publishable) -> dict[str, Any]:
        """The columns that make a row one of the owner's."""
        return {self.link: owner.pk} | ({self.type_link: content_type(type(owner))} if self.type_link else {})


@dataclass(frozen=True, slots=True)
class Shape:
    """What the entries of one type consist of; sets that others point into come first."""

    model: Any
    columns: tuple[Any, ...]
    relations: tuple[str, ...]
    row_sets: tuple[RowSet, ...]

    def inner_relations(self, rows: RowSet) -> dict[str, RowSet]:
        """The relations of a row to other rows of the same entry, by column."""
        owners = {one.model: one for one in self.row_sets}
        return {one.name: owners[one.related_model] for one in rows.columns if one.is_relation and one.related_model in owners}


@cache
def shape_of(model: type[Model]) -> Shape:
    """Read from the model once; no query."""
    options: Any = model._meta
    relations = tuple(one.name for one in options.many_to_many if one.remote_field.through._meta.auto_created)
    shape = Shape(model, content_columns(model, LIFE), relations, tuple(_row_sets(options)))
    ordered = sorted(shape.row_sets, key=lambda one: (len(shape.inner_relations(one)), one.name))
    return Shape(model, shape.columns, relations, tuple(ordered))


def snapshot(entry: Publishable) -> Snapshot:
    """The snapshot of a stored entry: its columns as in hand, everything else as stored; one query."""
    return snapshots([entry])[entry.pk]


def snapshots(entries: Iterable[Publishable]) -> dict[Any, Snapshot]:
    """Snapshots of stored entries of one type, by key; one query."""
    owners = list(entries)
    if not owners:
        return {}
    shape = shape_of(type(owners[0]))
    found = {owner.pk: _own_columns(shape, owner) for owner in owners}
    for key, part, values in _parts(shape.model, owners=list(found), owner_type=content_type(shape.model)):
        _place(shape, found[key], part, values)
    for taken in found.values():
        for identities in taken["relations"].values():
            identities.sort()
    return found


def canonical(taken: Mapping[str, Any]) -> str:
    return json.dumps(taken, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(taken: Mapping[str, Any]) -> str:
    """SHA-256 of a snapshot: what an approval is bound to."""
    return hashlib.sha256(canonical(taken).encode()).hexdigest()


def content_columns(model: Any, without: Iterable[str]) -> tuple[Any, ...]:
    """The columns staff write, by themselves or by an upload; not those that follow from others at each save."""
    names = {one.name for one in model._meta.concrete_fields}
    return tuple(
        one
        for one in model._meta.concrete_fields
        if one.name not in without
        and one.name not in getattr(model, "derived_columns", ())
        and not isinstance(one, AsciiKeyField)
        and not (one.name.endswith("_html") and one.name.removesuffix("_html") in names)
    )


def content_type(model: type[Model]) -> int:
    return ContentType.objects.get_for_model(model).pk


def identity_field(model: Any) -> str:
    return "uid" if issubclass(model, Child) else "uuid"


def _row_sets(options: Any) -> Iterator[RowSet]:
    through = {getattr(one.remote_field, "through", None) for one in options.many_to_many}
    for relation in options.related_objects:
        model: Any = relation.related_model
        is_row = issubclass(model, Child) and relation.field.name == model.parent_field
        if is_row or (model in through and not model._meta.auto_created):
            link = relation.field
            yield RowSet(relation.get_accessor_name(), model, content_columns(model, {"id", "uid", link.name}), link.attname)
    for one in options.private_fields:
        if isinstance(one, GenericRelation) and issubclass(one.related_model, Child):
            link, kind = one.object_id_field_name, one.content_type_field_name
            yield RowSet(
                one.name, one.related_model, content_columns(one.related_model, {"id", "uid", link, kind}), link, f"{kind}_id"
            )


def _own_columns(shape: Shape, owner: Publishable) -> Snapshot:
    return {
        "type": owner.type_label(),
        "uuid": str(owner.uuid),
        "columns": {one.name: plain_value(one, getattr(owner, one.attname)) for one in shape.columns if not one.is_relation},
        "relations": {name: [] for name in shape.relations},
        "rows": {one.name: {} for one in shape.row_sets},
    }


@prepared
def _parts(model: type[Model], /, *, owners: Any, owner_type: Any) -> Any:
    """All but the own columns, by one union: key of the owner, name of the part, values."""
    shape = shape_of(model)
    links = [one for one in shape.columns if one.is_relation]
    selects = [_select(shape.model._base_manager.filter(pk__in=owners), "pk", "", "uuid", links)]
    for name in shape.relations:
        field: Any = shape.model._meta.get_field(name)
        owner, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}__uuid"
        ties = field.remote_field.through._base_manager.filter(**{f"{owner}__in": owners})
        selects.append(_select(ties, owner, f"{RELATION}{name}", target, ()))
    selects += [
        _select(one.of_keys(owners, owner_type), one.link, f"{ROWS}{one.name}", one.identity, one.columns)
        for one in shape.row_sets
    ]
    first, *others = selects
    return first.union(*others, all=True) if others else first


def _select(rows: QuerySet[Any], owner: str, part: str, identity: str, columns: Iterable[Any]) -> Any:
    named = {one.name: F(_source(one)) for one in columns}
    values = UnprobedJSONObject(_identity=F(identity), **named)
    found = rows.order_by().annotate(_owner=F(owner), _part=Value(part, output_field=CharField()), _values=values)
    return found.values_list("_owner", "_part", "_values")


def _source(column: Any) -> str:
    """The lookup of a column's value; of a relation, of the identity of what it names."""
    return f"{column.name}__{identity_field(column.related_model)}" if column.is_relation else str(column.attname)


def _place(shape: Shape, taken: Snapshot, part: str, values: dict[str, Any]) -> None:
    identity = str(uuid.UUID(values.pop("_identity")))
    if part.startswith(RELATION):
        taken["relations"][part[1:]].append(identity)
    elif part.startswith(ROWS):
        columns = next(one.columns for one in shape.row_sets if one.name == part[1:])
        taken["rows"][part[1:]][identity] = {one.name: _plain(one, values[one.name]) for one in columns}
    else:
        taken["columns"] |= {one.name: _plain(one, values[one.name]) for one in shape.columns if one.is_relation}


def _plain(column: Any, value: Any) -> Any:
    if column.is_relation:
        return str(uuid.UUID(value)) if value else None
    return plain_value(column, value)
