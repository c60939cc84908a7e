from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.web.templatetags.texts import marked, page_language, public
from regions.attachment_links import AttachmentLink
from regions.page_links import PageLink

register = template.Library()


@register.filter
def as_attachment(found: PageLink) -> AttachmentLink:
    """The document behind a link of the kind `attachments`."""
    return AttachmentLink.from_link(found.link)


@register.simple_tag
def place(entry: Any) -> SafeString | str:
    """The region an entry belongs to, short, where readers may see it; for long lists."""
    region = public(entry.region)
    if not region:
        return ""
    return format_html("<span>{}</span>", marked(region.local("name", "en")) if page_language() == "en" else region.short_name)
