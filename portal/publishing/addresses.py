"""Addresses of entries: each kind's is resolved once, then only the slug changes."""

from functools import cache

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

PLACE = "place-of-the-slug"


def entry_address(name: str, slug: str) -> str:
    """The path of the address `name`, whose one argument is a slug, in the language of now."""
    before, after = _around(name, get_language(), get_script_prefix(), get_urlconf())
    return f"{before}{slug}{after}"


@cache
def _around(name: str, *_where: str | None) -> tuple[str, str]:
    before, _place, after = reverse(name, args=[PLACE]).partition(PLACE)
    return before, after
