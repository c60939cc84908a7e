"""The links to our own site in the texts of an entry, and what they lead to."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from django.apps import apps
from django.conf import settings
from django.db.models import URLField
from django.urls import Resolver404, resolve
from django.utils import translation

from portal.publishing.gate.whole import Whole, text_columns
from portal.publishing.models import PastSlug, Publishable
from portal.text.errors import TextError
from portal.text.markdown import link_addresses

ENGLISH = "/en/"


class LocalLink(NamedTuple):
    """`name` is the URL name it resolves to, "" for an address that leads nowhere; `target` the slug or file name in it."""

    row: Any
    field: Any
    address: str
    name: str
    target: str
    fragment: str


def local_links(whole: Whole) -> list[LocalLink]:
    """Read once for all rules that ask; no query."""
    found: list[LocalLink] = whole.once("local links", lambda: list(_local_links(whole)))
    return found


@cache
def kinds() -> dict[str, type[Publishable]]:
    """The types of entries by the URL name of their page."""
    return {model.address_name: model for model in apps.get_models() if issubclass(model, Publishable)}


def dead_slugs(whole: Whole, name: str) -> set[str]:
    """The slugs of a type that are linked to and will lead to no public entry; one query, up to three more when there are such."""
    model: Any = kinds()[name]
    wanted = {link.target for link in local_links(whole) if link.name == name}
    alive = set(model.objects.published().filter(slug__in=wanted).values_list("slug", flat=True))
    if missing := wanted - alive:
        rows = model._base_manager.filter(slug__in=missing, uuid__in=whole.also_public, copy_of__isnull=True)
        alive |= set(rows.values_list("slug", flat=True))
        past = PastSlug.objects.filter(entry_type=model.type_label(), slug__in=missing).values_list("entry_uuid", "slug")
        moved = dict(past)
        kept = model.objects.published().filter(uuid__in=moved).values_list("uuid", flat=True) if moved else ()
        alive |= {moved[one] for one in kept}
    return wanted - alive


def _local_links(whole: Whole) -> Iterator[LocalLink]:
    here = f"{settings.SITE_URL}{whole.entry.get_absolute_url()}" if whole.entry.slug else f"{settings.SITE_URL}/"
    own = urlsplit(settings.SITE_URL)
    for row, field, address in _addresses(whole):
        try:
            parts = urlsplit(urljoin(here, address))
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.netloc == own.netloc:
            name, target = _named(unquote(parts.path).removeprefix(own.path))
            yield LocalLink(row, field, address, name, target, unquote(parts.fragment))


def _addresses(whole: Whole) -> Iterator[tuple[Any, Any, str]]:
    for row, holder in whole.parts():
        for field in text_columns(holder.__class__):
            text = getattr(holder, field.name)
            if isinstance(field, URLField) and text:
                yield row, field, text
            elif text and hasattr(holder, f"{field.name}_html"):
                yield from ((row, field, address) for address in _links_in(text))


def _links_in(text: str) -> list[str]:
    try:
        return link_addresses(text)
    except TextError:  # such a text is refused by the form and cannot be rendered
        return []


def _named(path: str) -> tuple[str, str]:
    """The URL name of a path in whichever language, and the one thing it names."""
    language = "en" if path.startswith(ENGLISH) else settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            match = resolve(path or "/")
        except Resolver404:
            return "", ""
    if "admin" in match.app_names or path.startswith("/admin/"):
        return "", ""
    return match.view_name or "", str(next(iter(match.kwargs.values()), ""))
