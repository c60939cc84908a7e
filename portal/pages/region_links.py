"""What stands around a region on its page, of every kind, in one query."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, QuerySet, Value, When

from policies.models import Policy
from portal.pages.branches import ADDRESSES, SHORT, Links, few, named, owned
from portal.publishing.prepared import Slot, prepared
from regions.links import Link, all_links, link_rows, read_links
from regions.models import Organisation, Region, RegionMembership, Source, Topic
from regions.page_links import PageLink, page_links
from regions.views import abolished

MOST_SHORT = {"programmes": 6, "events": 4, "stories": 4}
MOST_SOURCES = 6
NEWEST_SOURCE = (F("issued_from").desc(nulls_last=True), "pk")


@dataclass(frozen=True, slots=True)
class Around:
    """`counts`: how many there are of the kinds of which `links` has only the first; `policy_topics`: the topics of the
    policies that serve the region, in their order, each with how many have it."""

    links: Links
    counts: dict[str, int]
    policy_topics: list[tuple[PageLink, int]]


def region_links(region: Region) -> Around:
    """Programmes, events, stories and organisations that serve it, the regions around it (abolished members last and marked), the sources of its facts."""
    found = read_links(_rows(owner=region.pk, slug=region.slug))
    own = found[region.pk]
    topics = Counter(link[1:] for kinds in found.values() for link in kinds.get("policy_topics", []))
    return Around(
        links=page_links(own, ADDRESSES),
        counts={link.slug: link.position for link in own.get("counts", [])},
        policy_topics=[(PageLink(ADDRESSES["topics"], Link(region.pk, *topic)), topics[topic]) for topic in sorted(topics)],
    )


@prepared
def _rows(*, owner: Slot, slug: Slot) -> Any:
    shown = [
        branch for kind, model in SHORT.items() for branch in few(kind, _serving(model, slug), Region, owner, MOST_SHORT[kind])
    ]
    return all_links(
        named("organisations", owned(_serving(Organisation, slug), owner), "owner_pk", more="kind"),
        *few("sources", Source.objects.published().filter(region=owner), Region, owner, MOST_SOURCES, NEWEST_SOURCE),
        *shown,
        _groups(owner),
        _members(owner),
        _policy_topics(slug),
    )


def _serving(model: Any, slug: Slot) -> Any:
    return model.objects.published().in_region(slug)


def _groups(region: Slot) -> QuerySet[Any]:
    rows = RegionMembership.objects.filter(Region.objects.published().linked_from("group"), member=region)
    return link_rows(
        "memberships", rows, owner="member_id", slug="group__slug", name="group__name", name_en="group__name_en", more="kind"
    )


def _members(region: Slot) -> QuerySet[Any]:
    rows = RegionMembership.objects.filter(Region.objects.published().linked_from("member"), group=region)
    ended = Case(When(abolished("member"), then=Value(1)), default=Value(0))
    return link_rows(
        "members",
        rows.annotate(ended=ended).annotate(mark=Case(When(ended=1, then=Value("ended")), default=Value(""))),
        owner="group_id",
        slug="member__slug",
        name="member__name",
        name_en="member__name_en",
        position="ended",
        more="mark",
    )


def _policy_topics(slug: Slot) -> QuerySet[Any]:
    through = Policy.topics.through.objects.filter(
        _serving(Policy, slug).linked_from("policy"), Topic.objects.in_public_state().linked_from("topic")
    )
    return link_rows(
        "policy_topics", through, owner="policy_id", slug="topic__slug", name="topic__name", name_en="topic__name_en",
        position="topic__position",
    )  # fmt: skip
