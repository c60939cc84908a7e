from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.models import PolicyRelation
from policies.models.validity import Validity
from policies.programme_state import programme_state
from portal.text.opening_hours import print_opening_hours
from portal.web.sentences import join_items
from portal.web.templatetags.texts import page_language

TONES = {Validity.IN_FORCE: " badge-good", Validity.EXPIRED: " badge-end", Validity.REPEALED: " badge-end"}

register = template.Library()
register.simple_tag(programme_state)


@register.simple_tag
def validity_badge(policy: Any, day: date) -> SafeString:
    """Whether a policy is in force on a day, as a badge, red only where it no longer stands; no query."""
    state = policy.validity(day)
    return format_html('<span class="badge{}">{}</span>', TONES.get(state, ""), state.label)


@register.simple_tag
def unknowns(benefit: Any) -> str:
    """One sentence on what the source leaves open of a benefit; "" when it says how much, how and until when."""
    open_items = [
        (benefit.amount_min is None and benefit.amount_max is None and not benefit.formula_text, _("金额")),
        (not benefit.mode, _("取得方式")),
        (benefit.window_until is None, _("受理期限")),
    ]
    missing = [label for is_open, label in open_items if is_open]
    return _("来源没有说明%(items)s。") % {"items": join_items(missing)} if missing else ""


RELATED_BY = {
    "based_on": gettext_lazy("是其依据"),
    "implements": gettext_lazy("由其落实"),
    "amends": gettext_lazy("被其修改"),
    "repeals": gettext_lazy("被其废止"),
    "replaces": gettext_lazy("被其替代"),
    "interprets": gettext_lazy("解读文件"),
    "part_of": gettext_lazy("包含"),
}
"""A relation as the policy at its other end says it."""


@register.simple_tag
def relation(link: Any) -> str:
    return str(PolicyRelation.Kind(link.more).label)


@register.simple_tag
def relation_in(link: Any) -> str:
    return str(RELATED_BY[link.more])


@register.simple_tag
def hours(point: Any) -> str:
    return print_opening_hours(point.hours, page_language()) if point.hours else ""


@register.simple_tag
def point_unknowns(point: Any) -> str:
    """One sentence on what the source leaves open of a place."""
    parts = [(point.address, _("地址")), (point.opening_hours, _("开放时间")), (point.phones, _("电话"))]
    missing = [label for words, label in parts if not words]
    return _("来源没有给出%(items)s。") % {"items": join_items(missing)} if missing else ""
