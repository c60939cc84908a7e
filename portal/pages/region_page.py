"""The page of a region: what it is, and what somebody gets there."""

import re
from datetime import date
from typing import Any

from django.utils import timezone

from policies.models import Policy
from portal.pages.region_offers import region_needs
from portal.pages.related import region_links
from portal.publishing.models import PublishableQuerySet
from portal.text.partial_date import FIRST_YEAR, LAST_YEAR, PartialDate, Precision, partial_date
from portal.web.detail_page import DetailPage
from portal.web.templatetags.texts import public
from regions.models import Figure, Organisation, Region, RegionIdentity, RegionMembership, Source
from regions.page_links import PageLink, by_more
from regions.photos_of import photos_of
from regions.views import tell_years_apart

MOST_POLICIES, MOST_FIGURES = 60, 120


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

    def rows(self) -> PublishableQuerySet:
        return Region.objects.for_detail()

    def context(self, entry: Any) -> dict[str, Any]:
        links, topics = region_links(entry)
        identities = [Borne(identity) for identity in entry.identities.all()][::-1]
        figures = region_figures(entry)
        tell_years_apart(figures)
        today = timezone.localdate()
        current = [one for one in identities if one.valid_until >= today]
        is_former = bool(identities) and not current
        return {
            "today": today,
            "identities": identities if is_former else current,
            "former_identities": [] if is_former else [one for one in identities if one not in current],
            "is_former": is_former,
            "needs": [] if is_former or entry.kind == Region.Kind.GROUP else region_needs(entry),
            "policies": [] if is_former else policies_by_topic(entry, topics),
            "key_figures": sorted((figure for figure in figures if figure.is_key), key=lambda figure: figure.indicator.position),
            "figures": figures_by_topic(figures),
            "figure_sources": number_sources(figures),
            "links": links,
            "organisations": labelled(by_more(links["organisations"]), Organisation.Kind),
            "memberships": labelled(by_more(links["memberships"]), RegionMembership.Kind),
            "photo_uses": list(photos_of(entry)),
        }


def region_figures(region: Region) -> list[Figure]:
    rows = Figure.objects.published().filter(region=region).for_list()
    order = ("indicator__topic__position", "indicator__topic_id", "indicator__position", "indicator__name_key", "pk")
    return list(rows.order_by(*order)[:MOST_FIGURES])


def figures_by_topic(figures: list[Figure]) -> list[tuple[Any, list[Figure]]]:
    """Each public topic with its figures, in the order given; last, under None, the figures without one."""
    groups: dict[Any, list[Figure]] = {}
    for figure in figures:
        groups.setdefault(public(figure.indicator.topic), []).append(figure)
    return sorted(groups.items(), key=lambda group: group[0] is None)


def number_sources(figures: list[Figure]) -> list[Source]:
    """The public sources of the figures, in order of first use; each figure learns the number of its own."""
    found: dict[int, Source] = {}
    for figure in figures:
        source = public(figure.source)
        if source is not None:
            found.setdefault(source.pk, source)
            figure.source_number = list(found).index(source.pk) + 1  # type: ignore[attr-defined]  # -- for the template
    return list(found.values())


def policies_by_topic(region: Region, topics: dict[int, PageLink]) -> list[tuple[PageLink | None, list[Policy]]]:
    """The policies that serve a region under the first topic of each, topics in their order; last those without one."""
    rows = Policy.objects.published().in_region(region.slug).for_list().order_by("-date_key", "-pk")
    groups: dict[PageLink | None, list[Policy]] = {}
    by_slug: dict[str, PageLink] = {}
    for policy in rows[:MOST_POLICIES]:
        topic = topics.get(policy.pk)
        shared = by_slug.setdefault(topic.link.slug, topic) if topic else None
        groups.setdefault(shared, []).append(policy)
    return sorted(groups.items(), key=lambda group: (group[0] is None, group[0].link.position if group[0] else 0))


def labelled(groups: dict[str, Any], choices: Any) -> list[tuple[str, Any]]:
    """Groups by a choice's value, in the order and with the names of the choices."""
    return [(str(choices(value).label), groups[value]) for value in choices.values if value in groups]
