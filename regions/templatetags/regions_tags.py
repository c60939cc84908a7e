from django import template

from regions.attachment_links import AttachmentLink
from regions.page_links import PageLink

register = template.Library()


@register.filter
def as_attachment(found: PageLink) -> AttachmentLink:
    """The document behind a link of the kind `attachments`."""
    return AttachmentLink.from_link(found.link)
