"""The choices of a filter, dozens on every list page: one tag instead of a loop of a dozen nodes."""

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from portal.web.filter_form import Field, Option
from portal.web.templatetags.texts import page_language

register = template.Library()


@register.simple_tag
def choices(field: Field) -> SafeString:
    """Each with how many entries it leaves; on an English page what has a Chinese name only is marked as such."""
    is_english = page_language() == "en"
    return mark_safe("\n".join(_option(option, is_english=is_english) for option in field.options))  # noqa: S308 -- escaped below


def _option(option: Option, *, is_english: bool) -> str:
    chosen = " selected" if option.is_chosen else ""
    language = ' lang="zh-Hans"' if is_english and option.label.language != "en" else ""
    return f'<option value="{escape(option.value)}"{chosen}{language}>{escape(option.label.text)} ({option.count})</option>'
