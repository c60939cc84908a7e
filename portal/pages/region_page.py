"""The page of a region: what it is, and what somebody gets there."""

import re
from datetime import date
from typing import Any

from django.utils import timezone

from portal.pages.region_groups import organisations_by_kind, policy_topics, region_figures, region_policies
from portal.pages.region_links import region_links
from portal.pages.region_offers import region_needs
from portal.pages.short_links import read_shorts
from portal.publishing.models import PublishableQuerySet
from portal.text.partial_date import FIRST_YEAR, LAST_YEAR, PartialDate, Precision, partial_date
from portal.web.detail_page import DetailPage
from portal.web.templatetags.texts import page_language
from regions.models import Region, RegionIdentity, RegionMembership
from regions.page_links import by_more
from regions.photos_of import photos_of
from regions.views import tell_years_apart

MOST_PICTURES = 3
BY_MONTH = re.compile(r"GB/T 2260 ?[0-9]{4}年[0-9]{1,2}月")
"""An authority that gives the month of a revision; the day written is then only the first or last of that month."""


class Borne:
    """A code and name that a region bore, from `first` to `last` as exactly as their authority says."""

    def __init__(self, identity: RegionIdentity) -> None:
        self.code, self.local = identity.code, identity.local
        self.valid_from, self.valid_until = identity.valid_from, identity.valid_until
        is_by_month = bool(BY_MONTH.search(identity.authority))
        self.first = _as_exact(identity.valid_from, is_by_month=is_by_month)
        self.last = _as_exact(identity.valid_until, is_by_month=is_by_month)


def _as_exact(day: date, *, is_by_month: bool) -> PartialDate | date:
    if not is_by_month or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    month = partial_date(day, Precision.MONTH)
    return month if day in {month.first, month.last} else day


class RegionPage(DetailPage):
    """Eight queries: version, region, names and codes, offers, policies, figures, links, pictures.

    A place that was abolished keeps its page for its codes and figures; nobody gets anything there any more.
    """

    template_name = "pages/region.html"

    @classmethod
    def rows(cls) -> PublishableQuerySet:
        return Region.objects.for_detail()

    def context(self, entry: Any) -> dict[str, Any]:
        around, figures = region_links(entry), region_figures(entry)
        tell_years_apart([*figures.key, *figures.shown])
        identities = [Borne(identity) for identity in entry.identities.all()][::-1]
        today, language = timezone.localdate(), page_language()
        current = [one for one in identities if one.valid_until >= today]
        is_former = bool(identities) and not current
        return {
            "today": today,
            "identities": identities if is_former else current,
            "former_identities": [] if is_former else [one for one in identities if one not in current],
            "is_former": is_former,
            "needs": [] if is_former or entry.kind == Region.Kind.GROUP else region_needs(entry),
            "policies": [] if is_former else region_policies(entry),
            "policy_topics": policy_topics(around),
            "figures": figures,
            "counts": around.counts,
            "links": around.links,
            "programmes": [] if is_former else read_shorts(around.links["programmes"], language),
            "events": read_shorts(around.links["events"], language),
            "stories": read_shorts(around.links["stories"], language),
            "organisations": organisations_by_kind(around),
            "memberships": labelled(by_more(around.links["memberships"]), RegionMembership.Kind),
            "photo_uses": photos_of(entry),
            "most_pictures": MOST_PICTURES,
        }


def labelled(groups: dict[str, Any], choices: Any) -> list[tuple[str, Any]]:
    """Groups by a choice's value, in the order and with the names of the choices."""
    return [(str(choices(value).label), groups[value]) for value in choices.values if value in groups]
