"""A new draft made from an entry: its own text, rows and relations, but nothing that only the first one may be or have."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.db import transaction
from django.db.models import ForeignKey, Model

from portal.publishing.lifecycle import finish_entry, save_entry
from portal.publishing.models import Child, PastSlug, Publishable
from portal.publishing.rights import Act, may

OWN = {
    "uuid", "uid", "slug", "state", "visible_from", "visible_until", "copy_of", "version", "created_by", "created_at",
    "updated_by", "updated_at", "first_published_at", "public_updated_at", "change_note", "withdrawn_reason", "last_verified_on",
}  # fmt: skip
"""What says something about one entry's or row's own life; a copy starts without."""
COPY_MARK = re.compile(r"(?<=.)-copy(-[0-9]+)?\Z", re.ASCII)
LONGEST_STEM = 90
"""Leaves room for `-copy-999` within the 100 characters of an address name."""


@dataclass(frozen=True, slots=True)
class Copying:
    """How a type is copied: columns a copy has otherwise, and rows (by their model's name) it does not get."""

    otherwise: Mapping[str, Any] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()


class NotYoursError(Exception):
    """The copy would belong to a region the user may not write for; nothing was written."""


@transaction.atomic
def copy_entry(entry: Publishable, *, by: Any, how: Copying | None = None) -> Any:
    """Write a draft like a stored entry and return it; NotYoursError with nothing written where `by` may not write for its region.

    The entry stays locked until the end, so that neither its rows nor the files they name go away meanwhile.
    """
    how = how or Copying()
    entry = type(entry)._base_manager.select_for_update().get(pk=entry.pk)
    copy = type(entry)(**_columns(entry) | dict(how.otherwise), slug=copy_slug(type(entry), entry.slug))
    save_entry(copy, by=by)
    for name in _plain_relations(type(entry)):
        getattr(copy, name).set(getattr(entry, name).values_list("pk", flat=True))
    _copy_rows(entry, copy, how)
    finish_entry(copy)
    if not may(by, Act.CREATE, copy):
        raise NotYoursError
    return copy


def copy_slug(model: type[Model], slug: str) -> str:
    """`<slug>-copy`, else `-copy-2` and so on; a copy of a copy counts on."""
    stem = COPY_MARK.sub("", slug)[: LONGEST_STEM - len("-copy")].rstrip("-")
    return free_slug(model, f"{stem}-copy")


def free_slug(model: type[Model], stem: str) -> str:
    """The stem, or the first of `-2`, `-3` … that no row has or, for entries, ever had; one or two queries."""
    stem = stem[:LONGEST_STEM].rstrip("-")
    rows: Any = model._base_manager
    taken = set(rows.filter(slug__startswith=stem).values_list("slug", flat=True))
    if issubclass(model, Publishable):
        past = PastSlug.objects.filter(entry_type=model.type_label(), slug__startswith=stem)
        taken |= set(past.values_list("slug", flat=True))
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _columns(row: Model) -> dict[str, Any]:
    """By attribute name, so that no relation is read."""
    fields = [one for one in row._meta.concrete_fields if not one.primary_key and one.name not in OWN]
    return {one.attname: getattr(row, one.attname) for one in fields}


def _plain_relations(model: type[Model]) -> list[str]:
    return [one.name for one in model._meta.many_to_many if one.remote_field.through._meta.auto_created]  # type: ignore[union-attr]  # -- through is a model


def _copy_rows(entry: Any, copy: Any, how: Copying) -> None:
    """Rows that others point to come first, so that the others point to the copies."""
    made: dict[tuple[type[Model], Any], Any] = {}
    sets = [(rows, link) for rows, link in _row_sets(entry) if rows.model._meta.model_name not in how.left_out]
    models = {rows.model for rows, _link in sets}
    for rows, link in sorted(sets, key=lambda one: len(_pointing(one[0].model, models))):
        for row in rows.all():
            values = _columns(row) | {link: copy.pk}
            for relation in _pointing(rows.model, models):
                target = made.get((relation.related_model, values[relation.attname]))
                values[relation.attname] = target.pk if target else None
            if "slug" in {one.name for one in row._meta.concrete_fields}:
                values["slug"] = copy_slug(rows.model, row.slug)
            made[rows.model, row.pk] = fresh = rows.model(**values)
            fresh.save()


def _row_sets(entry: Any) -> Iterator[tuple[Any, str]]:
    """Each set of rows that belongs to the entry, and the column that leads back to it."""
    through = {getattr(one.remote_field, "through", None) for one in entry._meta.many_to_many}
    for relation in entry._meta.related_objects:
        model: Any = relation.related_model
        is_row = issubclass(model, Child) and relation.field.name == model.parent_field
        if is_row or (model in through and not model._meta.auto_created):
            yield getattr(entry, relation.get_accessor_name()), relation.field.attname
    for one in entry._meta.private_fields:
        if isinstance(one, GenericRelation):
            yield getattr(entry, one.name), one.object_id_field_name


def _pointing(model: type[Model], models: set[Any]) -> list[Any]:
    """The relations of a row to other rows of the same entry."""
    return [one for one in model._meta.concrete_fields if isinstance(one, ForeignKey) and one.related_model in models]
