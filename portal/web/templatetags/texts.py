"""Words on a page: each in the language asked for where there is one, and marked with its own where there is not."""

import re
from datetime import date
from typing import Any, cast

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from portal.publishing.corrections import Correction, corrections_of
from portal.publishing.models import LocalText
from portal.text.language import Lang
from portal.text.markdown import plain_text, sanitise
from portal.text.partial_date import FIRST_YEAR, LAST_YEAR, PartialDate, Precision, partial_date, print_partial_date

register = template.Library()
HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+(?:[\\s·—…]*[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+)*")


@register.simple_tag
def corrections(entry: Any) -> list[Correction]:
    return corrections_of(entry)


def page_language() -> Lang:
    return "en" if get_language() == "en" else "zh-hans"


def _local(entry: Any, name: str) -> LocalText:
    found = entry.local(name, page_language())
    return found if isinstance(found, LocalText) else LocalText(str(found), page_language())


def marked(text: LocalText | str) -> SafeString:
    """Escape a text; on an English page mark the Chinese in it, so that it is read aloud and broken into lines as Chinese."""
    words = str(text)
    if page_language() != "en" or not HAN.search(words):
        return conditional_escape(words)
    if isinstance(text, LocalText) and text.language != "en":
        return format_html('<span lang="zh-Hans">{}</span>', words)
    pieces = HAN.split(words)
    found = [*HAN.findall(words), ""]
    return format_html_join("", "{}{}", ((piece, _as_chinese(han)) for piece, han in zip(pieces, found, strict=True)))


def _as_chinese(words: str) -> SafeString | str:
    return format_html('<span lang="zh-Hans">{}</span>', words) if words else ""


@register.simple_tag
def text(entry: Any, name: str) -> SafeString:
    """Field `name` of an entry in the reader's language."""
    return marked(_local(entry, name))


@register.simple_tag
def plain(entry: Any, name: str, length: int = 0) -> str:
    """The same as unmarked words on one line, for attributes; cut to `length` characters where one is given."""
    words = plain_text(str(_local(entry, name)))
    return words if not length or len(words) <= length else f"{words[: length - 1]}…"


@register.simple_tag
def lang_of(entry: Any, name: str) -> SafeString:
    """The attribute that marks `plain` where an English page falls back to Chinese."""
    local = _local(entry, name)
    return SafeString(' lang="zh-Hans"') if page_language() == "en" and local and local.language != "en" else SafeString("")


@register.simple_tag
def paragraphs(entry: Any, name: str) -> SafeString:
    """A field of several plain lines, each a paragraph."""
    local = _local(entry, name)
    lines = [line.strip() for line in str(local).splitlines() if line.strip()]
    return format_html_join("", "<p>{}</p>", ((marked(LocalText(line, local.language)),) for line in lines))


@register.simple_tag
def prose(entry: Any, name: str) -> SafeString:
    """A Markdown field, rendered when it was saved; sanitised once more because this is the one place that trusts HTML."""
    found = entry.local_html(name, page_language())
    html = mark_safe(sanitise(found.text))  # noqa: S308 -- sanitised on this line
    if page_language() == "en" and found.language != "en":
        return format_html('<div class="prose" lang="zh-Hans">{}</div>', html)
    return format_html('<div class="prose">{}</div>', html)


@register.filter
def mark(words: Any) -> SafeString:
    """A text that has one language only, such as a byline or words as published."""
    return marked(words if isinstance(words, LocalText) else str(words or ""))


@register.filter
def lang_if_chinese(words: Any) -> SafeString:
    """The attribute that marks what somebody typed where it is Chinese on an English page."""
    return SafeString(' lang="zh-Hans"') if page_language() == "en" and HAN.search(str(words or "")) else SafeString("")


@register.filter
def when(value: PartialDate | date | None) -> str:
    """A date at its own precision, in the reader's language."""
    if value is None:
        return ""
    if isinstance(value, date):
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            return value.isoformat()
        value = partial_date(value, Precision.DAY)
    return print_partial_date(value, page_language())


@register.filter
def when_within(value: PartialDate | date | None) -> str:
    """`when` as it stands inside a sentence: "the second half of 2021"."""
    is_half = isinstance(value, PartialDate) and value.precision is Precision.HALF
    return f"the {when(value)}" if is_half and page_language() == "en" else when(value)


@register.filter
def quoted(words: Any) -> SafeString:
    """Words as published, between the marks of a quotation; quotations inside take single marks."""
    return format_html("“{}”", marked(str(words or "").replace("“", "‘").replace("”", "’")))


@register.simple_tag
def dash() -> str:
    """Between two dates or numbers."""
    return "–" if page_language() == "en" else "—"


@register.filter
def public(entry: Any) -> Any:
    """The related entry if a reader may see it, else nothing; no query."""
    return entry if entry and cast(bool, entry.is_published()) else None
