"""The records of a list: what its serializer says of each entry, without the serializer's machinery.

A serializer class is compiled once for each language; it stays the definition, and a test compares the two for every row.
"""

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

from rest_framework import serializers
from rest_framework.fields import Field, get_attribute

from portal.api.fields import LocalField, PageField
from portal.api.serializers import OptionalSerializer, keep_only

Read = Callable[[Any], Any]
AS_THEY_ARE = (serializers.IntegerField, serializers.BooleanField)
"""Their columns already hold what is told."""


def record_reader(serializer_class: Any, language: str, names: str = "") -> Read:
    """A function from an entry to its record, of the named fields only (comma-separated); ParameterError for an unknown one."""
    if not names:
        return _whole(serializer_class, language)
    wanted = dict(_readers(serializer_class, language))
    keep_only(wanted, names.split(","))
    return _record(tuple(wanted.items()))


@cache
def _whole(serializer_class: Any, language: str) -> Read:
    return _record(_readers(serializer_class, language))


@cache
def _readers(serializer_class: Any, language: str) -> tuple[tuple[str, Read], ...]:
    return _of_fields(serializer_class(context={"language": language}))


def _of_fields(serializer: Any) -> tuple[tuple[str, Read], ...]:
    return tuple((name, _reader(field)) for name, field in serializer.fields.items())


def _record(readers: tuple[tuple[str, Read], ...]) -> Read:
    return lambda entry: {name: read(entry) for name, read in readers}


def _reader(field: Any) -> Read:
    if isinstance(field, serializers.SerializerMethodField):
        told: Read = getattr(field.parent, field.method_name)
        return told
    get, show = _attribute(field), _shown(field)
    if show is None:
        return get
    return lambda entry: None if (value := get(entry)) is None else show(value)


def _attribute(field: Any) -> Read:
    """As DRF looks it up; a plain attribute by the shortest way."""
    if type(field).get_attribute is not Field.get_attribute:
        own: Read = field.get_attribute
        return own
    if field.source == "*":
        return lambda entry: entry
    path = field.source_attrs
    return attrgetter(path[0]) if len(path) == 1 else lambda entry: get_attribute(entry, path)


def _shown(field: Any) -> Read | None:
    if isinstance(field, serializers.ListSerializer):
        one = _nested(field.child)
        return lambda found: [one(entry) for entry in found]
    if isinstance(field, serializers.BaseSerializer):
        return _nested(field)
    if type(field) in AS_THEY_ARE:
        return None
    if type(field) is serializers.CharField:
        return str
    show: Read = field.to_representation
    return show


def _nested(serializer: Any) -> Read:
    record = _record(_of_fields(serializer))
    if not isinstance(serializer, OptionalSerializer):
        return record
    is_absent = serializer.is_absent
    return lambda entry: None if is_absent(entry) else record(entry)


def record_columns(serializer_class: Any, model: Any) -> frozenset[str]:
    """The columns, as paths from the entry, that its record is made of."""
    return _columns_of(serializer_class, model)


@cache
def _columns_of(serializer_class: Any, model: Any) -> frozenset[str]:
    return frozenset(_columns(serializer_class(), model))


def _columns(serializer: Any, model: Any) -> set[str]:
    found = {model._meta.pk.name, *getattr(serializer, "reads", ())}
    for field in serializer.fields.values():
        found |= _of_field(field, model)
    return found


def _of_field(field: Any, model: Any) -> set[str]:
    if isinstance(field, serializers.SerializerMethodField | PageField):
        return set()
    path = [] if field.source == "*" else list(field.source_attrs)
    is_nested = isinstance(field, serializers.BaseSerializer)
    above, name = (path, "") if is_nested else (path[:-1], path[-1])
    for step in above:
        if not _has(model, step):
            return set()
        model = model._meta.get_field(step).related_model
    columns = _columns(field, model) if is_nested else _of_attribute(model, name, is_local=isinstance(field, LocalField))
    return {"__".join([*above, column]) for column in columns}


def _of_attribute(model: Any, name: str, *, is_local: bool) -> set[str]:
    """None for what a model computes: its serializer names the columns in `reads`."""
    if name in getattr(model, "partial_date_fields", {}):
        return {f"{name}_from", f"{name}_until", f"{name}_precision"}
    if not _has(model, name):
        return set()
    return {name, f"{name}_en"} if is_local else {name}


def _has(model: Any, name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)
