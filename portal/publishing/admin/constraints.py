"""Model constraints as sentences at the field that can mend them."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import BaseConstraint, CheckConstraint, F, Model, Q, UniqueConstraint


def broken_constraints(instance: Model, *, skip: Collection[str]) -> Iterator[tuple[BaseConstraint, ValidationError]]:
    """Check every constraint of a row whole, except those that name a column in `skip`, whose value is not known.

    Unlike `full_clean` with a form's exclusions, columns that the form does not show take part.
    """
    for model, constraints in instance.get_constraints():
        for constraint in constraints:
            if not skip or not set(columns_of(constraint)) & set(skip):
                try:
                    constraint.validate(model, instance)
                except ValidationError as error:
                    yield constraint, error


def columns_of(constraint: BaseConstraint) -> list[str]:
    """The columns a constraint names, in its order, each once."""
    if isinstance(constraint, UniqueConstraint):
        return list(constraint.fields)
    if isinstance(constraint, CheckConstraint) and isinstance(constraint.condition, Q):
        return list(dict.fromkeys(_columns(constraint.condition)))
    return []


def _columns(condition: Q) -> Iterator[str]:
    for part in condition.children:
        if isinstance(part, Q):
            yield from _columns(part)
        elif isinstance(part, tuple):
            yield part[0].split("__")[0]
            if isinstance(part[1], F):
                yield str(part[1].name)  # type: ignore[attr-defined]  # -- missing from the stubs


def place_of(constraint: BaseConstraint, instance: Model, boxes: Mapping[str, str], chosen: Mapping[str, str]) -> str:
    """The form field a broken constraint is shown at: the chosen one, else of the first empty column, else of the last.

    `boxes` names the form field that holds a column; a column no field holds cannot be mended there.
    """
    if constraint.name in chosen:
        return chosen[constraint.name]
    columns = [column for column in columns_of(constraint) if column in boxes]
    empty = [column for column in columns if _value(instance, column) in (None, "")]
    return boxes[(empty or columns[-1:])[0]] if columns else NON_FIELD_ERRORS


def _value(instance: Model, column: str) -> Any:
    field: Any = instance._meta.get_field(column)
    return getattr(instance, field.attname)
