"""What uses a topic, a source, an organisation, a photo or a figure: entries of every app, one query each."""

from typing import Any

from django.db.models import Q

from policies.models import Policy, PolicyIssuer, Service
from portal.pages.branches import (
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
from regions.links import link_rows
from regions.models import Figure, Indicator, Organisation, Photo, Region, Source, Topic

MOST_SHORT, MOST_ORGANISATIONS = 8, 24
BY_NAME = ("name_key", "pk")


def topic_links(topic: Topic) -> tuple[Links, dict[str, int]]:
    """The links, and how many programmes, events, stories and organisations there are of which only the first are among them."""
    children = Topic.objects.published().filter(parent=topic)
    indicators = Indicator.objects.published().filter(topic=topic)
    shown = [branch for kind, model in SHORT.items() for branch in few(kind, _about(model, topic), topic, MOST_SHORT)]
    return read_counted(
        topic,
        named("topics", children, "parent_id", position="position"),
        named("indicators", indicators, "topic_id", position="position"),
        figure_rows("figures", Figure.objects.published().filter(indicator__topic=topic), "indicator__topic_id"),
        *shown,
        *few("organisations", _about(Organisation, topic), topic, MOST_ORGANISATIONS, BY_NAME),
    )


def source_links(source: Source) -> Links:
    photos = Photo.objects.published().filter(source=source)
    return read(
        source,
        titled("policies", Policy.objects.published().filter(source=source), "source_id"),
        named("services", Service.objects.published().filter(source=source), "source_id"),
        named("regions", Region.objects.published().filter(source=source), "source_id", position="position"),
        named("organisations", Organisation.objects.published().filter(source=source), "source_id", more="kind"),
        figure_rows("figures", Figure.objects.published().filter(source=source), "source_id"),
        link_rows("photos", photos, owner="source_id", slug="slug", name="caption", name_en="caption_en"),
        *(entries(kind, model.objects.published().filter(source=source), source) for kind, model in SHORT.items()),
    )


def organisation_links(organisation: Organisation) -> Links:
    issued = PolicyIssuer.objects.filter(Policy.objects.published().linked_from("policy"), organisation=organisation)
    members = Organisation.objects.published()
    programmes, events = SHORT["programmes"].objects.published(), SHORT["events"].objects.published()
    # The organisation is public and has the topic, so the topic's own state decides.
    topics = Topic.objects.in_public_state().filter(organisations=organisation)
    return read(
        organisation,
        link_rows(
            "policies", issued, owner="organisation_id", slug="policy__slug", name="policy__title", name_en="policy__title_en"
        ),
        named("services", Service.objects.published().filter(provider=organisation), "provider_id"),
        named("organisations", members.filter(parent=organisation), "parent_id", more="kind"),
        named("branches", members.filter(branch_of=organisation), "branch_of_id"),
        named("regions", Region.objects.published().filter(talent_office=organisation), "talent_office_id"),
        named("topics", owned(topics, organisation), "owner_pk", position="position"),
        entries("programmes", programmes.filter(issuer=organisation), organisation),
        entries("events", events.filter(organisers=organisation), organisation),
    )


def photo_links(photo: Photo) -> Links:
    return read(photo, *showing(photo))


def figure_links(figure: Figure) -> Links:
    """`figures` are the same indicator elsewhere or at other times, not its own parts; the other kinds tell of this figure."""
    others = Figure.objects.published().filter(indicator=figure.indicator_id).exclude(Q(pk=figure.pk) | Q(part_of=figure))
    return read(figure, *telling(figure), figure_rows("figures", owned(others, figure), "owner_pk"))


def _about(model: Any, topic: Topic) -> Any:
    return model.objects.published().filter(topics=topic)
