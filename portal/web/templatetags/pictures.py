from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.media.addresses import picture_address
from portal.media.renditions import rendition_name, rendition_widths
from portal.web.templatetags.texts import page_language

register = template.Library()
IN_CHINESE = SafeString(' lang="zh-Hans"')
FIRST = SafeString(' fetchpriority="high"')


@register.simple_tag
def picture(photo: Any, sizes: str = "100vw", *, eager: bool = False, decorative: bool = False) -> SafeString:
    """A photo in every width it is kept in. `decorative` where the words beside it already say what it shows."""
    alt = photo.local("alt", page_language())
    words = "" if decorative else alt.text
    widths = rendition_widths(photo.width)
    return format_html(
        '<picture class="picture"><source type="image/webp" srcset="{}" sizes="{}">'
        '<img src="{}" width="{}" height="{}" alt="{}"{}{}></picture>',
        ", ".join(f"{_address(photo, width, 'webp')} {width}w" for width in widths),
        sizes,
        _address(photo, widths[-1], "jpg"),
        photo.width,
        photo.height,
        words,
        IN_CHINESE if words and page_language() == "en" and alt.language != "en" else "",
        FIRST if eager else "",
    )


def _address(photo: Any, width: int, extension: str) -> str:
    return picture_address(rendition_name(photo.sha256, width, extension))
