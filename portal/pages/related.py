"""What uses a topic, a source, an organisation, a photo or a figure: entries of every app, one query each."""

from typing import Any

from django.db.models import BigIntegerField, Case, QuerySet, Value, When

from policies.models import Policy, PolicyIssuer, Service
from portal.pages.figure_links import figure_rows
from regions.links import link_rows, read_links
from regions.models import Figure, Indicator, Organisation, Photo, PhotoUse, Region, RegionMembership, Source, Topic
from regions.page_links import PageLink, page_links
from regions.views import abolished

ADDRESSES = {
    "policies": "policies:detail",
    "services": "policies:service",
    "regions": "regions:region",
    "topics": "regions:topic",
    "sources": "regions:source",
    "organisations": "regions:organisation",
    "indicators": "regions:indicator",
    "figures": "regions:figure",
    "photos": "regions:photo",
    "memberships": "regions:region",
    "members": "regions:region",
    "branches": "regions:organisation",
}
Links = dict[str, list[PageLink]]


def topic_links(topic: Topic) -> Links:
    children = Topic.objects.published().filter(parent=topic)
    indicators = Indicator.objects.published().filter(topic=topic)
    return _read(
        topic,
        _named("topics", children, "parent_id", position="position"),
        _named("indicators", indicators, "topic_id", position="position"),
        figure_rows("figures", Figure.objects.published().filter(indicator__in=indicators), "indicator__topic_id"),
    )


def source_links(source: Source) -> Links:
    photos = Photo.objects.published().filter(source=source)
    return _read(
        source,
        _titled("policies", Policy.objects.published().filter(source=source), "source_id"),
        _named("services", Service.objects.published().filter(source=source), "source_id"),
        _named("regions", Region.objects.published().filter(source=source), "source_id", position="position"),
        _named("organisations", Organisation.objects.published().filter(source=source), "source_id", more="kind"),
        figure_rows("figures", Figure.objects.published().filter(source=source), "source_id"),
        link_rows("photos", photos, owner="source_id", slug="slug", name="caption", name_en="caption_en"),
    )


def organisation_links(organisation: Organisation) -> Links:
    policies = Policy.objects.published()
    issued = PolicyIssuer.objects.filter(policies.linked_from("policy"), organisation=organisation)
    members = Organisation.objects.published()
    return _read(
        organisation,
        link_rows(
            "policies", issued, owner="organisation_id", slug="policy__slug", name="policy__title", name_en="policy__title_en"
        ),
        _named("services", Service.objects.published().filter(provider=organisation), "provider_id"),
        _named("organisations", members.filter(parent=organisation), "parent_id", more="kind"),
        _named("branches", members.filter(branch_of=organisation), "branch_of_id"),
        _named("regions", Region.objects.published().filter(talent_office=organisation), "talent_office_id"),
    )


def photo_links(photo: Photo) -> Links:
    return _read(
        photo,
        _users(photo, "regions", Region, "name"),
        _users(photo, "policies", Policy, "title"),
        _users(photo, "services", Service, "name"),
    )


def figure_links(figure: Figure) -> Links:
    """`figures` are the same indicator elsewhere or at other times."""
    through = Policy.figures.through.objects.filter(Policy.objects.published().linked_from("policy"), figure=figure)
    others = Figure.objects.published().filter(indicator=figure.indicator_id).exclude(pk=figure.pk)
    return _read(
        figure,
        link_rows("policies", through, owner="figure_id", slug="policy__slug", name="policy__title", name_en="policy__title_en"),
        figure_rows("figures", others.annotate(owner_pk=Value(figure.pk, BigIntegerField())), "owner_pk"),
    )


def region_links(region: Region) -> tuple[Links, dict[int, PageLink]]:
    """Organisations by kind, the regions around it, the sources of its facts (abolished members last and marked); and the first topic of each policy that serves it."""
    public = Region.objects.published()
    groups = RegionMembership.objects.filter(public.linked_from("group"), member=region)
    members = RegionMembership.objects.filter(public.linked_from("member"), group=region)
    found = read_links(
        _named("organisations", Organisation.objects.published().filter(region=region), "region_id", more="kind"),
        _titled("sources", Source.objects.published().filter(region=region), "region_id", more="kind"),
        link_rows(
            "memberships",
            groups,
            owner="member_id",
            slug="group__slug",
            name="group__name",
            name_en="group__name_en",
            more="kind",
        ),
        link_rows(
            "members",
            members.annotate(ended=Case(When(abolished("member"), then=Value(1)), default=Value(0))).annotate(
                mark=Case(When(ended=1, then=Value("ended")), default=Value(""))
            ),
            owner="group_id",
            slug="member__slug",
            name="member__name",
            name_en="member__name_en",
            position="ended",
            more="mark",
        ),
        _policy_topics(region),
    )
    topics = {
        policy: PageLink("regions:topic", kinds["policy_topics"][0])
        for policy, kinds in found.items()
        if "policy_topics" in kinds
    }
    return page_links(found[region.pk], ADDRESSES), topics


def _policy_topics(region: Region) -> QuerySet[Any]:
    through = Policy.topics.through.objects.filter(
        Policy.objects.published().in_region(region.slug).linked_from("policy"),
        Topic.objects.in_public_state().linked_from("topic"),
    )
    return link_rows(
        "policy_topics", through, owner="policy_id", slug="topic__slug", name="topic__name", name_en="topic__name_en",
        position="topic__position",
    )  # fmt: skip


def _read(entry: Any, *branches: QuerySet[Any]) -> Links:
    return page_links(read_links(*branches)[entry.pk], ADDRESSES)


def _named(kind: str, rows: QuerySet[Any], owner: str, *, position: str = "", more: str = "") -> QuerySet[Any]:
    return link_rows(kind, rows, owner=owner, slug="slug", name="name", name_en="name_en", position=position, more=more)


def _titled(kind: str, rows: QuerySet[Any], owner: str, *, more: str = "") -> QuerySet[Any]:
    return link_rows(kind, rows, owner=owner, slug="slug", name="title", name_en="title_en", more=more)


def _users(photo: Photo, kind: str, model: type[Any], name: str) -> QuerySet[Any]:
    """The public entries of one type that show a photo."""
    uses = PhotoUse.objects.filter(
        photo=photo, entry_type__app_label=model._meta.app_label, entry_type__model=model._meta.model_name
    )
    rows = model.objects.published().filter(pk__in=uses.values("entry_id")).annotate(owner_pk=Value(photo.pk, BigIntegerField()))
    return link_rows(kind, rows, owner="owner_pk", slug="slug", name=name, name_en=f"{name}_en")
