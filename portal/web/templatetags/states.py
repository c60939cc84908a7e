"""What a page says of the state of a service: today's where it is known, else what was reported and when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext as _

from portal.text.partial_date import PartialDate
from portal.web.templatetags.texts import public, when_within

register = template.Library()


@dataclass(frozen=True, slots=True)
class State:
    """`tone` is the colour of its badge: good, wait or end; `short` is for long lists that say once what it means."""

    words: str
    tone: str
    short: str

    @property
    def is_open(self) -> bool:
        """Somebody can apply today."""
        return self.tone == "good"


def state_words(status: str, label: str, issued: PartialDate | None, verified: date | None) -> State:
    """`issued` is when the source told of the service; once verified, its state is today's."""
    if status == "active":
        return State(label, "good", label)
    if status == "under_construction":
        if issued and verified is None:
            return State(_("报道时（%(day)s）在建，之后的情况未核实") % {"day": when_within(issued)}, "wait", _("报道时在建"))
        words = _("建设中，还不能使用")
        return State(words, "wait", words)
    if status == "unknown" and verified is None:
        if issued:
            return State(_("%(year)d 年报道时提供，现状未核实") % {"year": issued.first.year}, "wait", _("现状未核实"))
        return State(_("来源没有说明现在是否提供"), "wait", label)
    return State(label, "wait" if status == "unknown" else "end", label)


@register.simple_tag
def service_state(service: Any) -> State:
    """Needs the source loaded."""
    source = public(service.source)
    return state_words(service.status, service.get_status_display(), source.issued if source else None, service.last_verified_on)


@register.filter
def is_silent(benefit: Any) -> bool:
    """Its source says neither how much, nor how, nor until when."""
    amounts = (benefit.amount_min, benefit.amount_max)
    return amounts == (None, None) and not (benefit.formula_text or benefit.mode or benefit.window_until)


@register.filter
def any_silent(benefits: Any) -> bool:
    return any(is_silent(benefit) for benefit in benefits)


@register.filter
def none_open(services: Any) -> bool:
    """There are services, and none is known to be offered today."""
    return bool(services) and not any(service.status == "active" for service in services)
