from dataclasses import dataclass, field
from typing import Any

from portal.media.picture import Picture
from portal.ops.sample.kinds import Kind, Part


@dataclass(frozen=True, slots=True)
class Reference:
    """Another entry of the sample."""

    kind: str
    slug: str


@dataclass(slots=True)
class PartRecord:
    """One row of a list that belongs to an entry: every field of the model, references as Reference."""

    part: Part
    key: tuple[Any, ...]
    values: dict[str, Any]

    @property
    def name(self) -> str:
        words = [value.slug if isinstance(value, Reference) else str(value) for value in self.key]
        return f"{self.part.name}[{' '.join(words)}]"


@dataclass(slots=True)
class Record:
    """One entry with everything that hangs on it, checked: every field of the model, references as Reference.

    `told` are the figures that its texts name.
    """

    file: str
    kind: Kind
    slug: str
    values: dict[str, Any]
    many: dict[str, list[Reference]] = field(default_factory=dict)
    parts: dict[str, list[PartRecord]] = field(default_factory=dict)
    told: list[Reference] = field(default_factory=list)
    picture: Picture | None = None

    @property
    def reference(self) -> Reference:
        return Reference(self.kind.name, self.slug)
