"""What became of an entry between two snapshots, field by field and row by row, in the words of the form."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from portal.text.difference import Segment, difference
from portal.text.partial_date import PartialDate, Precision

UNSHOWN = frozenset({"translated_from", "answered"})
"""What follows from the texts and says nothing to a reader."""
LONGEST_LABEL = 20

Snapshot = Mapping[str, Any]
Names = Mapping[str, str]
"""What to call another entry or row, by identity."""


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field, relation or row. `segments` put together are the text before and after."""

    label: str
    kind: Literal["changed", "added", "removed"]
    segments: list[Segment]


def snapshot_difference(old: Snapshot, new: Snapshot, model: Any, names: Names) -> list[FieldDifference]:
    """Pure; `names` holds what `named_in` found and the reader may know."""
    found = list(_of_fields(model, old.get("columns", {}), new.get("columns", {}), names, ""))
    relations = _texts_of_relations(old, names), _texts_of_relations(new, names)
    for name in _union(*relations):
        found += _of_text(_label(model, name), relations[0].get(name, ""), relations[1].get(name, ""))
    sets = row_models(model)
    for name in _union(old.get("rows", {}), new.get("rows", {})):
        found += _of_rows(sets.get(name), name, old.get("rows", {}).get(name, {}), new.get("rows", {}).get(name, {}), names)
    return found


def named_in(model: Any, snapshots: Iterable[Snapshot]) -> dict[Any, set[str]]:
    """The identities of other entries and rows that snapshots name, by model."""
    found: dict[Any, set[str]] = defaultdict(set)
    sets = row_models(model)
    for taken in snapshots:
        for name, identities in taken.get("relations", {}).items():
            if (field := _field(model, name)) is not None:
                found[field.related_model].update(identities)
        _collect(model, taken.get("columns", {}), found)
        for name, rows in taken.get("rows", {}).items():
            for values in rows.values():
                _collect(sets.get(name), values, found)
    return found


def row_models(model: Any) -> dict[str, Any]:
    """The models of the row sets of an entry, by the name that snapshots give them."""
    own = {one.get_accessor_name(): one.related_model for one in model._meta.related_objects}
    return own | {one.name: one.related_model for one in model._meta.private_fields if isinstance(one, GenericRelation)}


def _collect(model: Any, values: Mapping[str, Any], found: dict[Any, set[str]]) -> None:
    for name, value in values.items():
        field = _field(model, name)
        if field is not None and field.is_relation and value:
            found[field.related_model].add(value)


def _of_fields(model: Any, old: Mapping[str, Any], new: Mapping[str, Any], names: Names, row: str) -> Iterator[FieldDifference]:
    before, after = _texts(model, old, names), _texts(model, new, names)
    for label in _union(before, after):
        whole = _("%(row)s · %(field)s") % {"row": row, "field": label} if row else label
        yield from _of_text(whole, before.get(label, ""), after.get(label, ""))


def _of_text(label: str, old: str, new: str) -> Iterator[FieldDifference]:
    if old != new:
        yield FieldDifference(label, "changed" if old and new else "added" if new else "removed", difference(old, new))


def _of_rows(model: Any, name: str, old: Mapping[str, Any], new: Mapping[str, Any], names: Names) -> Iterator[FieldDifference]:
    noun = str(model._meta.verbose_name) if model is not None else name
    for identity in sorted(_union(old, new), key=lambda one: {**old, **new}[one].get("position") or 0):
        values = new.get(identity, old.get(identity))
        row = _row_label(noun, _texts(model, values, names))
        if identity in old and identity in new:
            yield from _of_fields(model, old[identity], new[identity], names, row)
        else:
            text = "\n".join(
                _("%(field)s：%(text)s") % {"field": label, "text": told}
                for label, told in _texts(model, values, names).items()
                if told
            )
            yield from _of_text(row, text if identity in old else "", text if identity in new else "")


def _row_label(noun: str, texts: Mapping[str, str]) -> str:
    """The noun and the row's first words."""
    first = next((text for text in texts.values() if text and not text.isdecimal()), "")
    short = first if len(first) <= LONGEST_LABEL else f"{first[:LONGEST_LABEL]}…"
    return _("%(noun)s“%(text)s”") % {"noun": noun, "text": short} if short else noun


def _texts(model: Any, values: Mapping[str, Any], names: Names) -> dict[str, str]:
    """What a reader sees of columns, by the label of the field; a partial date is one field."""
    dates = getattr(model, "partial_date_fields", {})
    parts = {f"{name}_{part}": name for name in dates for part in ("from", "until", "precision")}
    found: dict[str, str] = {}
    for name in _in_order(model, values):
        if name in parts:
            found[str(dates[parts[name]].verbose_name)] = _date_text(values, parts[name])
        elif name not in UNSHOWN:
            found[_free_label(found, _label(model, name))] = _text(_field(model, name), values[name], names)
    return found


def _in_order(model: Any, values: Mapping[str, Any]) -> list[str]:
    """As the model orders its columns; those of older releases last."""
    known = [one.name for one in model._meta.concrete_fields] if model is not None else []
    return [name for name in known if name in values] + sorted(name for name in values if name not in known)


def _free_label(taken: Mapping[str, str], label: str) -> str:
    return label if label not in taken else _free_label(taken, f"{label}*")


def _date_text(values: Mapping[str, Any], name: str) -> str:
    first, last, precision = (values.get(f"{name}_{part}") for part in ("from", "until", "precision"))
    if not (first and last and precision):
        return ""
    return str(PartialDate(date.fromisoformat(first), date.fromisoformat(last), Precision(precision)))


def _text(field: Any, value: Any, names: Names) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if field is not None and field.is_relation:
        return names.get(value, _("（看不到或已不存在的内容）"))
    if field is not None and field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def _texts_of_relations(taken: Snapshot, names: Names) -> dict[str, str]:
    unknown = _("（看不到或已不存在的内容）")
    found = {}
    for name, identities in taken.get("relations", {}).items():
        found[name] = "\n".join(sorted(names.get(one, unknown) for one in identities))
    return found


def _label(model: Any, name: str) -> str:
    field = _field(model, name)
    return str(field.verbose_name) if field is not None and hasattr(field, "verbose_name") else name


def _field(model: Any, name: str) -> Any:
    try:
        return model._meta.get_field(name) if model is not None else None
    except FieldDoesNotExist:
        return None


def _union(*mappings: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(key for mapping in mappings for key in mapping))
