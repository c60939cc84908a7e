"""Numbers as a page sets them: the qualifier small, the number large, its scale and unit beside it."""

import re
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.text.amounts import AmountParts, Qualifier, print_amount, split_amount
from portal.text.units import YUAN
from portal.web.templatetags.texts import page_language

register = template.Library()
FIRMS = re.compile(r"\b(firms?|compan(y|ies)|enterprises?)\b", re.IGNORECASE)
"""What 家 counts, where an indicator's English name says so."""
SCALED = re.compile(r"([0-9.,−-]+)(.*)")


def figure_parts(figure: Any) -> AmountParts:
    """Needs the figure's indicator loaded."""
    if figure.indicator.measure == "rank":
        place = f"{figure.value.normalize():f}"
        return AmountParts("No. ", place, "") if page_language() == "en" else AmountParts("第", place, "位")
    parts = split_amount(figure.value, figure.indicator.unit, Qualifier(figure.qualifier), page_language())
    if page_language() == "en" and figure.indicator.unit == "家" and FIRMS.search(figure.indicator.name_en):
        return AmountParts(parts.before, parts.number, parts.after.replace("organisation", "firm"))
    return parts


@register.simple_tag
def amount(figure: Any) -> SafeString:
    """A figure in spans without a space between them, which Chinese would show."""
    parts = figure_parts(figure)
    found = SCALED.fullmatch(parts.number)
    digits, scale = (found[1], found[2]) if found else (parts.number, "")
    return format_html('<span class="amount">{}<b>{}</b>{}</span>', _small(parts.before), digits, _small(scale + parts.after))


@register.simple_tag
def amount_text(figure: Any) -> str:
    return str(figure_parts(figure))


@register.simple_tag
def money(offer: Any) -> str:
    """What a benefit pays, from its `amount_min` and `amount_max` in yuan; "" where neither is known."""
    low, high = offer.amount_min, offer.amount_max
    if low is None and high is None:
        return ""
    if low is None or high is None:
        qualifier = Qualifier.AT_MOST if low is None else Qualifier.AT_LEAST
        return print_amount(Decimal(high if low is None else low), YUAN, qualifier, page_language())
    if low == high:
        return print_amount(Decimal(low), YUAN, Qualifier.EXACT, page_language())
    return _("%(low)s至%(high)s") % {
        "low": print_amount(Decimal(low), YUAN, Qualifier.EXACT, page_language()),
        "high": print_amount(Decimal(high), YUAN, Qualifier.EXACT, page_language()),
    }


def _small(words: str) -> SafeString | str:
    return format_html("<small>{}</small>", words) if words else ""
