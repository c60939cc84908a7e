"""Compare the sample with what is stored: what is new, what differs, and who wrote it last."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from portal.ops.sample.kinds import KINDS, Kind, Part
from portal.ops.sample.record import Record, Reference
from portal.publishing.models import Publishable, State
from regions.models import PhotoUse

NAMESPACE = uuid.UUID("8d0f5a52-6a0c-4c53-9d8e-2f1f0c1b7a11")


class Verdict(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    """It differs from the sample, and staff wrote it last."""


@dataclass(slots=True)
class Step:
    """What is to be done with one record. `rows` are the stored rows of each part by their key, `many` the stored links."""

    record: Record
    row: Publishable
    verdict: Verdict = Verdict.UNCHANGED
    rows: dict[str, dict[tuple[Any, ...], models.Model]] = field(default_factory=dict)
    many: dict[str, set[int]] = field(default_factory=dict)


def identity(reference: Reference) -> uuid.UUID:
    """The same entry of the sample has the same identity in every installation, whatever its slug becomes."""
    return uuid.uuid5(NAMESPACE, f"{reference.kind}/{reference.slug}")


class Plan:
    """The steps in the order of writing, found by reference. Two queries a kind, one a part."""

    def __init__(self, records: list[Record], *, author_id: int | None, overwrite: bool) -> None:
        self.steps: dict[Reference, Step] = {}
        for kind in KINDS:
            self._add(kind, [record for record in records if record.kind is kind])
        for step in self.steps.values():
            if step.row.pk is None:
                step.verdict = Verdict.CREATED
            elif self._differs(step):
                is_ours = author_id is not None and step.row.updated_by_id == author_id
                step.verdict = Verdict.CHANGED if is_ours or overwrite else Verdict.KEPT

    def written(self) -> list[Step]:
        return [step for step in self.steps.values() if step.verdict in {Verdict.CREATED, Verdict.CHANGED}]

    def row(self, reference: Reference) -> Publishable:
        return self.steps[reference].row

    def resolve(self, value: Any) -> Any:
        return self.row(value) if isinstance(value, Reference) else value

    def _add(self, kind: Kind, records: list[Record]) -> None:
        model: Any = kind.model
        slugs = [record.slug for record in records]
        identities = [identity(record.reference) for record in records]
        found = list(model._base_manager.filter(Q(slug__in=slugs) | Q(uuid__in=identities), copy_of=None))
        by_slug = {row.slug: row for row in found}
        by_uuid = {row.uuid: row for row in found}
        for record in records:
            own = identity(record.reference)
            row = by_uuid.get(own) or by_slug.get(record.slug) or model(uuid=own)
            self.steps[record.reference] = Step(record, row)
        stored = [self.steps[record.reference] for record in records if self.steps[record.reference].row.pk]
        for part in kind.parts:
            self._read_part(kind, part, stored)
        for name in kind.many:
            self._read_many(kind, name, stored)

    def _read_part(self, kind: Kind, part: Part, steps: list[Step]) -> None:
        owners = {step.row.pk: step for step in steps}
        rows: Any = part.model._base_manager.order_by("position", "pk")
        if part.model is PhotoUse:
            rows = rows.filter(entry_type=ContentType.objects.get_for_model(kind.model))
        parent = f"{part.parent_columns[-1].removesuffix('_id')}_id"
        columns = [field.attname for name in part.key for field in part.model._meta.concrete_fields if field.name == name]
        for row in rows.filter(**{f"{parent}__in": owners}):
            step = owners[getattr(row, parent)]
            step.rows.setdefault(part.name, {})[tuple(getattr(row, name) for name in columns)] = row

    def _read_many(self, kind: Kind, name: str, steps: list[Step]) -> None:
        field: Any = kind.model._meta.get_field(name)
        owner, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        links: dict[int, set[int]] = defaultdict(set)
        for owner_id, other_id in field.remote_field.through._base_manager.values_list(owner, other):
            links[owner_id].add(other_id)
        for step in steps:
            step.many[name] = links[step.row.pk]

    def _differs(self, step: Step) -> bool:
        record, row = step.record, step.row
        if row.state != State.PUBLISHED or not self._same_values(row, record.values):
            return True
        if record.picture and record.picture.sha256 != getattr(row, "sha256", ""):
            return True
        if any({self.row(link).pk for link in links} != step.many.get(name, set()) for name, links in record.many.items()):
            return True
        return any(self._part_differs(step, part) for part in record.kind.parts)

    def _part_differs(self, step: Step, part: Part) -> bool:
        wanted = step.record.parts[part.name]
        stored = step.rows.get(part.name, {})
        if [self.stored_key(one.key) for one in wanted] != list(stored):
            return True
        return not all(self._same_values(stored[self.stored_key(one.key)], one.values) for one in wanted)

    def stored_key(self, key: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(self.row(value).pk if isinstance(value, Reference) else value for value in key)

    def _same_values(self, row: models.Model, values: dict[str, Any]) -> bool:
        for name, value in values.items():
            if isinstance(value, Reference):
                target = self.row(value).pk
                if target is None or getattr(row, f"{name}_id") != target:
                    return False
            elif getattr(row, f"{name}_id" if _is_reference(row, name) else name) != value:
                return False
        return True


def _is_reference(row: models.Model, name: str) -> bool:
    return any(field.name == name and field.is_relation for field in row._meta.concrete_fields)
