"""Stretches of time on a page, each end at its own precision."""

from django import template
from django.utils.translation import gettext as _

from portal.text.date_span import print_span
from portal.text.partial_date import PartialDate
from portal.web.templatetags.texts import page_language, when, when_within

register = template.Library()


@register.simple_tag
def span(starts: PartialDate | None, ends: PartialDate | None) -> str:
    """When something happens: the day it begins, and the day it ends where that is another."""
    return print_span(starts, ends, page_language()) if starts and ends else when(starts or ends)


@register.simple_tag
def period(starts: PartialDate | None, ends: PartialDate | None) -> str:
    """How long something runs; an end that is not known is left open."""
    if starts and ends:
        return print_span(starts, ends, page_language())
    if starts:
        return _("%(day)s起") % {"day": when_within(starts)}
    return _("到%(day)s止") % {"day": when_within(ends)} if ends else ""
