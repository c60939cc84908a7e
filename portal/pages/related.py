"""What uses a topic, a source, an organisation, a photo or a figure: entries of every app, one query each."""

from typing import Any

from django.db.models import Q

from policies.models import Policy, PolicyIssuer, Service
from portal.pages.branches import (
    ADDRESSES,
    SHORT,
    Links,
    entries,
    few,
    named,
    owned,
    read,
    read_counted,
    showing,
    telling,
    titled,
)
from portal.pages.figure_links import figure_rows
from portal.publishing.prepared import Slot, prepared
from regions.links import all_links, link_rows, read_links
from regions.models import Figure, Indicator, Organisation, Photo, Region, Source, Topic
from regions.page_links import page_links

MOST_SHORT, MOST_ORGANISATIONS = 8, 24
BY_NAME = ("name_key", "pk")


def topic_links(topic: Topic) -> tuple[Links, dict[str, int]]:
    """The links, and how many programmes, events, stories and organisations there are of which only the first are among them."""
    return read_counted(topic, _of_topic)


@prepared
def _of_topic(*, owner: Slot) -> Any:
    children = Topic.objects.published().filter(parent=owner)
    indicators = Indicator.objects.published().filter(topic=owner)
    shown = [branch for kind, model in SHORT.items() for branch in few(kind, _about(model, owner), Topic, owner, MOST_SHORT)]
    return all_links(
        named("topics", children, "parent_id", position="position"),
        named("indicators", indicators, "topic_id", position="position"),
        figure_rows("figures", Figure.objects.published().filter(indicator__topic=owner), "indicator__topic_id"),
        *shown,
        *few("organisations", _about(Organisation, owner), Topic, owner, MOST_ORGANISATIONS, BY_NAME),
    )


def _about(model: Any, topic: Slot) -> Any:
    return model.objects.published().filter(topics=topic)


def source_links(source: Source) -> Links:
    return read(source, _of_source)


@prepared
def _of_source(*, owner: Slot) -> Any:
    def using(model: Any) -> Any:
        return model.objects.published().filter(source=owner)

    return all_links(
        titled("policies", using(Policy), "source_id"),
        named("services", using(Service), "source_id"),
        named("regions", using(Region), "source_id", position="position"),
        named("organisations", using(Organisation), "source_id", more="kind"),
        figure_rows("figures", using(Figure), "source_id"),
        link_rows("photos", using(Photo), owner="source_id", slug="slug", name="caption", name_en="caption_en"),
        *(entries(kind, using(model), owner) for kind, model in SHORT.items()),
    )


def organisation_links(organisation: Organisation) -> Links:
    return read(organisation, _of_organisation)


@prepared
def _of_organisation(*, owner: Slot) -> Any:
    issued = PolicyIssuer.objects.filter(Policy.objects.published().linked_from("policy"), organisation=owner)
    members = Organisation.objects.published()
    programmes, events = SHORT["programmes"].objects.published(), SHORT["events"].objects.published()
    # The organisation is public and has the topic, so the topic's own state decides.
    topics = Topic.objects.in_public_state().filter(organisations=owner)
    return all_links(
        link_rows(
            "policies", issued, owner="organisation_id", slug="policy__slug", name="policy__title", name_en="policy__title_en"
        ),
        named("services", Service.objects.published().filter(provider=owner), "provider_id"),
        named("organisations", members.filter(parent=owner), "parent_id", more="kind"),
        named("branches", members.filter(branch_of=owner), "branch_of_id"),
        named("regions", Region.objects.published().filter(talent_office=owner), "talent_office_id"),
        named("topics", owned(topics, owner), "owner_pk", position="position"),
        entries("programmes", programmes.filter(issuer=owner), owner),
        entries("events", events.filter(organisers=owner), owner),
    )


def photo_links(photo: Photo) -> Links:
    return read(photo, _of_photo)


@prepared
def _of_photo(*, owner: Slot) -> Any:
    return all_links(*showing(owner))


def figure_links(figure: Figure) -> Links:
    """`figures` are the same indicator elsewhere or at other times, not its own parts; the other kinds tell of this figure."""
    found = read_links(_of_figure(owner=figure.pk, indicator=figure.indicator_id))
    return page_links(found[figure.pk], ADDRESSES)


@prepared
def _of_figure(*, owner: Slot, indicator: Slot) -> Any:
    others = Figure.objects.published().filter(indicator=indicator).exclude(Q(pk=owner) | Q(part_of=owner))
    return all_links(*telling(owner), figure_rows("figures", owned(others, owner), "owner_pk"))
