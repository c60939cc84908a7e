from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.publishing.gate.finding import Problem
from portal.publishing.gate.local_links import dead_slugs, kinds, local_links
from portal.publishing.gate.rules import rule
from portal.publishing.gate.whole import Whole
from portal.publishing.models import Publishable


@rule(Publishable)
def links_lead_somewhere(whole: Whole) -> Iterator[Problem]:
    """Every link to our own site has an address that readers can open; the admin is none."""
    for link in local_links(whole):
        if not link.name:
            yield Problem(
                _("“%(label)s”里的站内链接 %(address)s 打不开，请核对网址或去掉链接。")
                % {"label": link.field.verbose_name, "address": link.address},
                link.field.name,
                link.row,
            )


@rule(Publishable)
def linked_entries_are_public(whole: Whole) -> Iterator[Problem]:
    """Every link to the page of an entry leads to one that is public, or becomes so in the same submission; old addresses count."""
    named = {link.name for link in local_links(whole)} & kinds().keys()
    dead = {name: dead_slugs(whole, name) for name in sorted(named)}
    for link in local_links(whole):
        if link.target in dead.get(link.name, ()):
            yield Problem(
                _("“%(label)s”里的链接 %(address)s 指向的内容没有公开，读者打不开；请先发布它，或去掉链接。")
                % {"label": link.field.verbose_name, "address": link.address},
                link.field.name,
                link.row,
            )
