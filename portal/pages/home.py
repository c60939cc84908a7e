"""What the home page reads: five queries besides the version."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BigIntegerField, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from policies.models import Policy, Service
from portal.pages.branches import ADDRESSES, FIRST_OF
from portal.pages.joined import joined, parted
from portal.pages.short_links import ShortLink, read_shorts, short_rows
from portal.publishing.models import LocalText
from portal.publishing.prepared import prepared
from portal.web.templatetags.texts import page_language
from regions.links import all_links, link_rows, read_links
from regions.models import Figure, Photo, PhotoUse, Region, Story, Topic
from regions.page_links import PageLink, page_links
from regions.views import abolished

NEWEST = 6
FIGURES_A_CARD = 3
MOST_NEEDS = 12
STORIES = 6
HERE = 0
"""The owner of the links that belong to the home page itself."""


@dataclass
class Card:
    """A region with its cover and key figures."""

    region: Region
    cover: Photo | None = None
    figures: list[Figure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Need:
    """A topic with the number of public services and policies under it."""

    link: PageLink
    service_count: int
    policy_count: int

    @property
    def url(self) -> str:
        return self.link.url

    def local(self, name: str, language: str) -> LocalText:
        return self.link.local(name, language)


def home_context() -> dict[str, Any]:
    regions = _regions()
    figures = _key_figures()
    covers, featured = _pictures()
    needs, stories = _needs_and_stories()
    cards = [Card(region, covers.get(region.pk), figures[region.pk][:FIGURES_A_CARD]) for region in regions]
    return {
        "cards": [card for card in cards if card.figures],
        "others": sorted((card for card in cards if not card.figures), key=lambda card: card.region.is_former),
        "policies": _newest_policies(),
        "judged_on": timezone.localdate(),
        "needs": needs[:MOST_NEEDS],
        "stories": stories,
        "featured": featured,
    }


def _key_figures() -> dict[int, list[Figure]]:
    found: dict[int, list[Figure]] = defaultdict(list)
    for figure in _key_figure_rows():
        found[figure.region_id].append(figure)
    return found


@prepared
def _key_figure_rows() -> Any:
    rows = Figure.objects.published().filter(is_key=True).for_list()
    return rows.order_by("indicator__position", "indicator__name_key", "-as_of_until", "pk")


@prepared
def _regions() -> Any:
    return Region.objects.published().exclude(kind=Region.Kind.GROUP).annotate(is_former=abolished())


@prepared
def _newest_policies() -> Any:
    return Policy.objects.published().for_list().order_by("-date_key", "-pk")[:NEWEST]


def _needs_and_stories() -> tuple[list[Need], list[ShortLink]]:
    """One query: the topics under which there are services, in their order, and the newest stories."""
    found = page_links(read_links(_need_and_story_rows())[HERE], ADDRESSES)
    needs = [Need(link, *(int(count) for count in parted(link.more))) for link in found["topics"]]
    return needs, read_shorts(found["stories"], page_language())


@prepared
def _need_and_story_rows() -> Any:
    newest = Story.objects.published().order_by(*FIRST_OF["stories"]).values("pk")[:STORIES]
    stories = Story.objects.filter(pk__in=newest).annotate(page=Value(HERE, BigIntegerField()))
    return all_links(_need_rows(), short_rows("stories", stories, "page"))


def _need_rows() -> QuerySet[Any]:
    """The detailed topics, not their headings; one with a public service is in use, so that need not be asked."""
    services, policies = _count(Service, Service.objects.published()), _count(Policy, Policy.objects.published())
    rows = Topic.objects.in_public_state().annotate(service_count=services, policy_count=policies)
    chosen = rows.filter(Q(service_count__gt=0), Q(parent__isnull=False) | Q(children__isnull=True))
    return link_rows(
        "topics", chosen.annotate(page=Value(HERE, BigIntegerField()), words=joined("service_count", "policy_count")),
        owner="page", slug="slug", name="name", name_en="name_en", position="position", more="words",
    )  # fmt: skip


def _count(model: type[Any], public: Any) -> Coalesce:
    name = str(model._meta.model_name)
    through = model.topics.through.objects.filter(public.linked_from(name), topic=OuterRef("pk"))
    counted = through.order_by().values("topic").annotate(found=Count("pk")).values("found")
    return Coalesce(Subquery(counted, IntegerField()), 0)


def _pictures() -> tuple[dict[int, Photo], Photo | None]:
    """The first public photo of each region, and the first of the others that a region shows; one query."""
    found = _picture_rows()
    featured = next((photo for photo in found if photo.cover_of is None), None)
    return {photo.cover_of: photo for photo in found if photo.cover_of is not None}, featured


@prepared
def _picture_rows() -> Any:
    uses = PhotoUse.objects.filter(entry_type__app_label="regions", entry_type__model="region")
    public = Photo.objects.published()
    photo_is_public = public.linked_from("photo")
    first = uses.filter(photo_is_public, entry_id=OuterRef("entry_id")).order_by("position", "pk").values("pk")[:1]
    covers = uses.filter(pk=Subquery(first))
    others = uses.filter(photo_is_public).exclude(photo__in=covers.values("photo"))
    plate = others.order_by("position", "pk").values("photo")[:1]
    cover_of = covers.filter(photo=OuterRef("pk")).values("entry_id")[:1]
    rows = public.filter(Q(pk__in=covers.values("photo")) | Q(pk=Subquery(plate))).annotate(cover_of=Subquery(cover_of))
    return rows.for_list()
