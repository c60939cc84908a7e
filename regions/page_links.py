"""Links from one entry's page to the entries around it: read as `regions.links` reads them, with their addresses."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from portal.publishing.addresses import entry_address
from portal.publishing.models import LocalText
from regions.links import Link


class PageLink(NamedTuple):
    """`more` is what the branch asked for besides, e.g. a kind or a relation."""

    address_name: str
    link: Link

    @property
    def url(self) -> str:
        return entry_address(self.address_name, self.link.slug)

    @property
    def more(self) -> str:
        return self.link.more

    def local(self, name: str, language: str) -> LocalText:
        if language == "en" and self.link.name_en:
            return LocalText(self.link.name_en, "en")
        return LocalText(self.link.name, "zh-Hans")


def page_links(found: dict[str, list[Link]], addresses: dict[str, str]) -> dict[str, list[PageLink]]:
    """`addresses` gives the URL name of each kind; a kind that was not found is an empty list."""
    return {kind: [PageLink(address, link) for link in found.get(kind, [])] for kind, address in addresses.items()}


def by_more(links: Iterable[PageLink]) -> dict[str, list[PageLink]]:
    groups: dict[str, list[PageLink]] = defaultdict(list)
    for link in links:
        groups[link.more].append(link)
    return dict(groups)
