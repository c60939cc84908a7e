"""What the model asks for and a draft may still lack."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db.models import CharField, Model, TextField
from django.utils.translation import gettext as _

from portal.publishing.gate.finding import Problem
from portal.publishing.gate.rules import rule
from portal.publishing.gate.whole import Whole
from portal.publishing.models import Publishable

NAMING = frozenset({"name", "short_name", "title", "headline", "slug", "number", "code"})
"""What an entry or row is called by; a draft has it too."""


@rule(Publishable)
def required_boxes_are_filled(whole: Whole) -> Iterator[Problem]:
    """Every text and choice that may not be blank is filled, in the entry and in its rows; relations that are needed are chosen."""
    for row, holder in whole.parts():
        for field in needed_columns(holder.__class__):
            if not getattr(holder, field.name).strip():
                yield Problem(_missing(field), field.name, row)
    for field in needed_relations(whole.entry.__class__):
        if not whole.has_any(field.name):
            yield Problem(_("“%(label)s”至少要选一个。") % {"label": field.verbose_name}, field.name)


@cache
def needed_columns(model: type[Model]) -> tuple[Any, ...]:
    fields = model._meta.concrete_fields
    return tuple(one for one in fields if isinstance(one, CharField | TextField) and one.editable and not one.blank)


@cache
def needed_relations(model: type[Model]) -> tuple[Any, ...]:
    fields: Any = model._meta.many_to_many
    return tuple(one for one in fields if not one.blank and one.remote_field.through._meta.auto_created)


def may_wait(model: type[Model]) -> tuple[str, ...]:
    """What a draft may lack: the texts that are needed, except what it is called by and choices, and the relations."""
    texts = [one.name for one in needed_columns(model) if not one.choices and one.name not in NAMING]
    return (*texts, *(one.name for one in needed_relations(model)))


def _missing(field: Any) -> str:
    if field.choices:
        return _("还没有选择“%(label)s”。") % {"label": field.verbose_name}
    return _("“%(label)s”还没有填写。") % {"label": field.verbose_name}
