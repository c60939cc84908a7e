"""The kinds of entries a sample file may hold, and what hangs on each. Their fields are those of the models."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Field

from policies.models import (
    Benefit,
    Clause,
    Policy,
    PolicyIssuer,
    PolicyRelation,
    Programme,
    Service,
    ServiceBasis,
    ServiceMaterial,
    ServicePoint,
    ServiceStep,
)
from portal.publishing.models import Publishable
from regions.models import (
    Event,
    Figure,
    Indicator,
    Organisation,
    Photo,
    PhotoUse,
    Region,
    RegionIdentity,
    RegionMembership,
    Source,
    Story,
    TellsFigures,
    Topic,
)

KEPT_BY_THE_SITE = {
    "uuid",
    "uid",
    "copy_of",
    "state",
    "version",
    "position_key",
    "visible_from",
    "visible_until",
    "created_at",
} | {
    "change_note",
    "withdrawn_reason",
    "last_verified_on",
    "review_every_days",
}
"""Never written in a sample file: state and dates of publishing, and claims of having verified something."""


@dataclass(frozen=True)
class Part:
    """Rows that belong to an entry, listed under `name`; `key` tells one from another, so that a reload keeps its uid.

    `shorthand` is the reference that a bare slug in the list stands for.
    """

    name: str
    model: type[models.Model]
    key: tuple[str, ...]
    shorthand: str = ""
    parent_columns: tuple[str, ...] = ()

    @property
    def fields(self) -> "dict[str, Field[Any, Any]]":
        hidden = {"id", "uid", "position", *self.parent_columns}
        return {name: field for name, field in _editable(self.model).items() if name not in hidden}


@dataclass(frozen=True)
class Kind:
    """A type of entry. `needs` are fields a record must have though the model lets a draft go without."""

    name: str
    model: type[Publishable]
    parts: tuple[Part, ...] = ()
    many: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def fields(self) -> "dict[str, Field[Any, Any]]":
        return {name: field for name, field in _editable(self.model).items() if name not in KEPT_BY_THE_SITE}

    @property
    def telling_fields(self) -> tuple[str, ...]:
        """Texts that may name figures as `{{figure:slug}}`, in both languages."""
        names = self.model.telling_fields if issubclass(self.model, TellsFigures) else ()
        return tuple(field for name in names for field in (name, f"{name}_en"))

    @property
    def partial_dates(self) -> tuple[str, ...]:
        return tuple(getattr(self.model, "partial_date_fields", {}))


def _editable(model: type[models.Model]) -> "dict[str, Field[Any, Any]]":
    return {field.name: field for field in model._meta.concrete_fields if field.editable and not field.primary_key}


PHOTOS = Part("photos", PhotoUse, key=("photo",), shorthand="photo", parent_columns=("entry_type", "entry_id"))

KINDS = (
    Kind(
        "region",
        Region,
        parts=(
            Part("identities", RegionIdentity, key=("code", "valid_from"), parent_columns=("owner",)),
            Part("memberships", RegionMembership, key=("group", "kind"), parent_columns=("member",)),
            PHOTOS,
        ),
        needs=("summary",),
    ),
    Kind("source", Source),
    Kind("topic", Topic),
    Kind("organisation", Organisation, many=("topics",), needs=("source",)),
    Kind("indicator", Indicator, needs=("topic",)),
    Kind("photo", Photo),
    Kind("figure", Figure, needs=("source", "as_of", "as_of_basis")),
    Kind("event", Event, parts=(PHOTOS,), many=("organisers", "topics", "figures"), needs=("source", "topics")),
    Kind("story", Story, parts=(PHOTOS,), many=("topics",), needs=("source", "topics", "subhead", "author")),
    Kind(
        "policy",
        Policy,
        parts=(
            Part("issuers", PolicyIssuer, key=("organisation",), shorthand="organisation", parent_columns=("policy",)),
            Part("relations", PolicyRelation, key=("kind", "target"), parent_columns=("policy",)),
            Part("clauses", Clause, key=("number",), parent_columns=("policy",)),
            Part("benefits", Benefit, key=("slug",), parent_columns=("policy",)),
            PHOTOS,
        ),
        many=("topics", "figures", "stories"),
        needs=("source", "topics"),
    ),
    Kind(
        "programme",
        Programme,
        parts=(PHOTOS,),
        many=("topics", "figures", "policies", "stories"),
        needs=("source", "topics"),
    ),
    Kind(
        "service",
        Service,
        parts=(
            Part("bases", ServiceBasis, key=("policy",), shorthand="policy", parent_columns=("service",)),
            Part("materials", ServiceMaterial, key=("name",), parent_columns=("service",)),
            Part("steps", ServiceStep, key=("name",), parent_columns=("service",)),
            Part("points", ServicePoint, key=("name",), parent_columns=("service",)),
            PHOTOS,
        ),
        many=("topics",),
        needs=("source", "topics"),
    ),
)
"""In the order they are written: an entry may need those above it; references further down are filled in afterwards."""

KIND_BY_NAME = {kind.name: kind for kind in KINDS}
KIND_BY_MODEL: dict[Any, Kind] = {kind.model: kind for kind in KINDS}
