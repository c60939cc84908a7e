"""What of an entry bears on whether others are public: its own time in public state, and the entries it uses."""

from dataclasses import dataclass
from typing import Any

from portal.publishing.models import Publishable, State
from portal.publishing.prepared import prepared
from portal.publishing.timeline import Span


@dataclass(frozen=True, slots=True)
class Standing:
    """`window` is None for an entry that is not in public state at any time; it then uses nothing in the eyes of readers."""

    window: Span | None = None
    used: frozenset[tuple[type[Publishable], int]] = frozenset()

    def moved(self, other: "Standing") -> frozenset[tuple[type[Publishable], int]]:
        """The used entries for which it makes a difference that one standing became the other."""
        return self.used ^ other.used if self.window == other.window else self.used | other.used


def standing(entry: Publishable) -> Standing:
    """As the entry stands in hand, its relations as stored; one query for each plural relation to entries that exist for others."""
    ones, many = _relations(type(entry))
    values = {field.name: getattr(entry, field.attname) for field in ones}
    return _standing(entry, {"state": entry.state, "from": entry.visible_from, "until": entry.visible_until}, values, many)


def standing_columns(model: type[Publishable]) -> list[str]:
    return ["state", "visible_from", "visible_until", *(field.name for field in _relations(model)[0])]


def stored_standing(entry: Publishable, row: dict[str, Any]) -> Standing:
    """As it is stored: `row` are the stored values of `standing_columns`."""
    ones, many = _relations(type(entry))
    names = [field.name for field in ones]
    own = {"state": row["state"], "from": row["visible_from"], "until": row["visible_until"]}
    return _standing(entry, own, {name: row[name] for name in names}, many)


def _standing(entry: Publishable, own: dict[str, Any], values: dict[str, Any], many: list[Any]) -> Standing:
    if own["state"] != State.PUBLISHED or not entry.is_live:
        return Standing()
    models: dict[str, Any] = {field.name: field.related_model for field in type(entry)._meta.get_fields() if field.name in values}
    used: set[tuple[Any, int]] = {(models[name], key) for name, key in values.items() if key is not None}
    for field in many:
        used |= {(field.related_model, key) for key in _used(type(entry), field.name, entry=entry.pk)}
    return Standing(Span(own["from"], own["until"]), frozenset(used))


@prepared
def _used(model: type[Publishable], name: str, /, *, entry: Any) -> Any:
    field: Any = model._meta.get_field(name)
    through = field.remote_field.through._base_manager.filter(**{field.m2m_field_name(): entry})
    return through.values_list(field.m2m_reverse_field_name(), flat=True)


def _relations(model: type[Publishable]) -> tuple[list[Any], list[Any]]:
    """The single and the plural relations of a type to entries that are public only when used."""
    found = [
        field
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.is_relation and field.name != "copy_of" and getattr(field.related_model, "is_public_when_used", False)
    ]
    return [field for field in found if not field.many_to_many], [field for field in found if field.many_to_many]
