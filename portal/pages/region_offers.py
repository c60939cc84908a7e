"""What somebody gets in a region: its benefits and services and those from above that apply there, by need; one query."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Case, CharField, DateField, DecimalField, F, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from policies.models import Benefit, Service
from portal.publishing.models import LocalText, in_public_state
from portal.publishing.prepared import Slot, prepared
from portal.text.partial_date import Precision, partial_date
from portal.web.templatetags.states import State, state_words
from regions.models import Region

MOST = 300
NEEDS: dict[str, tuple[str | Promise, tuple[str, ...], tuple[str, ...]]] = {
    "housing": (_("住房"), ("housing",), ("housing",)),
    "schooling": (_("子女入学"), ("schooling",), ("schooling",)),
    "medical": (_("医疗疗养"), ("medical",), ("medical", "recuperation")),
    "loan": (_("贷款"), ("loan", "interest"), ("loan",)),
    "money": (_("资金补贴"), ("cash", "subsidy"), ()),
    "platform": (_("平台对接"), ("venue",), ("matching",)),
    "training": (_("培训"), (), ("training",)),
    "service": (_("服务与服务卡"), ("service",), ("card", "window", "consulting", "bundle")),
    "honour": (_("荣誉"), ("honour",), ()),
}
"""Need → its name, the kinds of benefit and the kinds of service that answer it, in the order people ask."""


class Offer(NamedTuple):
    """A benefit, or a service (then `policy` and `service` are empty and the amounts are None)."""

    type: str
    kind: str
    slug: str
    policy: str
    service: str
    name: str
    name_en: str
    formula: str
    formula_en: str
    how: str
    amount_min: Decimal | None
    amount_max: Decimal | None
    owner: int
    owner_name: str
    owner_name_en: str
    reported_from: date | None
    reported_precision: str | None
    verified: date | None

    @property
    def url(self) -> str:
        if self.type == "service":
            return reverse("policies:service", args=[self.slug])
        return f"{reverse('policies:detail', args=[self.policy])}#benefit-{self.slug}"

    @property
    def how_label(self) -> str:
        """How a benefit is got, or the state a service is in."""
        if not self.how:
            return ""
        return str(Service.Status(self.how).label if self.type == "service" else Benefit.Mode(self.how).label)

    @property
    def state(self) -> State | None:
        """Of a service."""
        if self.type != "service":
            return None
        issued = (
            partial_date(self.reported_from, Precision(self.reported_precision))
            if self.reported_from and self.reported_precision
            else None
        )
        return state_words(self.how, self.how_label, issued, self.verified)

    def local(self, name: str, language: str) -> LocalText:
        english = getattr(self, f"{name}_en") if language == "en" else ""
        return LocalText(english, "en") if english else LocalText(getattr(self, name), "zh-Hans")


@dataclass(frozen=True, slots=True)
class Line:
    """An offer, and for a benefit the service in which it is applied for."""

    offer: Offer
    service: Offer | None = None

    @property
    def state(self) -> State | None:
        """Of the service that is offered or delivers the benefit; None where no service is named."""
        return (self.service or self.offer).state

    @property
    def has_own_name(self) -> bool:
        """Whether the service is called something else than what it delivers."""
        return self.service is not None and self.service.name != self.offer.name


@dataclass(frozen=True, slots=True)
class Need:
    label: str | Promise
    lines: list[Line]


def region_needs(region: Region) -> list[Need]:
    offers = [Offer(*row) for row in _rows(slug=region.slug)]
    offers.sort(key=lambda offer: (offer.owner != region.pk, offer.type, offer.name))
    lines = _lines(offers)
    found = []
    for label, benefits, services in NEEDS.values():
        kinds = {("benefit", kind) for kind in benefits} | {("service", kind) for kind in services}
        if chosen := [line for line in lines if (line.offer.type, line.offer.kind) in kinds]:
            found.append(Need(label, chosen))
    return found


@prepared
def _rows(*, slug: Slot) -> Any:
    return _benefits(slug).union(_services(slug), all=True)[:MOST]


def _lines(offers: list[Offer]) -> list[Line]:
    """A service that delivers a benefit stands on the benefit's line; the others have a line of their own."""
    services = {offer.slug: offer for offer in offers if offer.type == "service"}
    named = {offer.service for offer in offers if offer.service}
    return [Line(offer, services.get(offer.service)) for offer in offers if offer.type == "benefit" or offer.slug not in named]


def _benefits(slug: Slot) -> Any:
    rows = Benefit.objects.published().in_region(slug).order_by()
    return _offers(rows, "benefit", "policy__", **_benefit_columns())


def _benefit_columns() -> dict[str, Any]:
    return {
        "policy": F("policy__slug"),
        "service": Coalesce(F("service__slug"), Value("", CharField())),
        "formula": F("formula_text"),
        "formula_en": F("formula_text_en"),
        "how": F("mode"),
        "reported_from": Value(None, DateField()),
        "reported_precision": Value(None, CharField()),
        "verified": Value(None, DateField()),
    }


def _services(slug: Slot) -> Any:
    empty = Value("", CharField())
    is_public = in_public_state(path="source__")
    reported = {
        "reported_from": Case(When(is_public, then=F("source__issued_from"))),
        "reported_precision": Case(When(is_public, then=F("source__issued_precision"))),
        "verified": F("last_verified_on"),
    }
    rows = Service.objects.published().in_region(slug).exclude(status=Service.Status.ENDED).order_by()
    amounts = {"amount_min": _no_amount(), "amount_max": _no_amount()}
    return _offers(
        rows.annotate(**amounts), "service", "", policy=empty, service=empty, formula=empty, formula_en=empty, how=F("status"),
        **reported,
    )  # fmt: skip


def _offers(rows: Any, kind: str, path: str, **columns: Any) -> Any:
    named = {f"offer_{name}": column for name, column in columns.items()}
    return rows.annotate(offer_type=Value(kind, CharField()), **named).values_list(
        "offer_type", "kind", "slug", "offer_policy", "offer_service", "name", "name_en", "offer_formula", "offer_formula_en", "offer_how",
        "amount_min", "amount_max", f"{path}region_id", f"{path}region__short_name", f"{path}region__name_en",
        "offer_reported_from", "offer_reported_precision", "offer_verified",
    )  # fmt: skip


def _no_amount() -> Value:
    return Value(None, DecimalField(max_digits=16, decimal_places=2))
