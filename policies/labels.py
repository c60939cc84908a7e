"""The entries that policies, services and programmes are shown with, by name and address: one query for any number of owners."""

from typing import Any

from policies.models import Benefit, Policy, PolicyIssuer, PolicyRelation, Programme, Service, ServiceBasis
from portal.publishing.prepared import prepared
from regions.attachment_links import attachment_links
from regions.links import all_links, figure_links, link_rows, many_links, many_links_back, photo_links, topic_links
from regions.models import Organisation, Story


def issuer_labels(owners: Any) -> Any:
    rows = PolicyIssuer.objects.filter(Organisation.objects.published().linked_from("organisation"), policy__in=owners)
    return link_rows(
        "issuers", rows, owner="policy_id", slug="organisation__slug", name="organisation__name",
        name_en="organisation__name_en", position="position",
    )  # fmt: skip


def relation_labels(owners: Any) -> tuple[Any, Any]:
    """Relations both ways: `relations` from the owner, `relations_in` to it; `more` is the kind of relation."""
    public = Policy.objects.published()
    outward = PolicyRelation.objects.filter(public.linked_from("target"), policy__in=owners)
    inward = PolicyRelation.objects.filter(public.linked_from("policy"), target__in=owners)
    return (
        link_rows(
            "relations",
            outward,
            owner="policy_id",
            slug="target__slug",
            name="target__title",
            name_en="target__title_en",
            more="kind",
        ),
        link_rows(
            "relations_in",
            inward,
            owner="target_id",
            slug="policy__slug",
            name="policy__title",
            name_en="policy__title_en",
            more="kind",
        ),
    )


def service_labels(owners: Any) -> Any:
    """The services that rest on policies."""
    rows = ServiceBasis.objects.filter(Service.objects.published().linked_from("service"), policy__in=owners)
    return link_rows("services", rows, owner="policy_id", slug="service__slug", name="service__name", name_en="service__name_en")


def reporting_labels(owners: Any) -> list[Any]:
    """The programmes that rest on policies, and the stories that tell of them."""
    return [
        many_links_back("programmes", Programme, "policies", owners, Programme.objects.published()),
        many_links("stories", Policy, owners, Story.objects.published(), name="headline"),
    ]


def part_labels(owners: Any) -> Any:
    """The parts of programmes."""
    parts = Programme.objects.published().filter(part_of__in=owners)
    return link_rows("parts", parts, owner="part_of_id", slug="slug", name="name", name_en="name_en", more="kind")


def basis_labels(owners: Any) -> Any:
    """The policies that services rest on; `more` is the number of the clause, if one is named."""
    rows = ServiceBasis.objects.filter(Policy.objects.published().linked_from("policy"), service__in=owners)
    return link_rows(
        "basis", rows, owner="service_id", slug="policy__slug", name="policy__title", name_en="policy__title_en",
        position="position", more="clause__number",
    )  # fmt: skip


def benefit_labels(owners: Any) -> Any:
    """The benefits that services deliver."""
    rows = Benefit.objects.published().filter(service__in=owners)
    return link_rows("benefits", rows, owner="service_id", slug="slug", name="name", name_en="name_en", position="position")


@prepared
def policy_list_labels(*, owners: Any) -> Any:
    """What a policy's record in a list has."""
    return all_links(topic_links(Policy, owners), issuer_labels(owners))


@prepared
def policy_labels(*, owners: Any) -> Any:
    """Every branch of a policy's own page and record."""
    return all_links(
        topic_links(Policy, owners),
        issuer_labels(owners),
        *relation_labels(owners),
        service_labels(owners),
        *reporting_labels(owners),
        figure_links(Policy, owners),
        photo_links(Policy, owners),
        attachment_links(Policy, owners),
    )


@prepared
def service_labels_of_record(*, owners: Any) -> Any:
    """Every branch of a service's own record."""
    return all_links(
        topic_links(Service, owners),
        basis_labels(owners),
        benefit_labels(owners),
        photo_links(Service, owners),
        attachment_links(Service, owners),
    )


@prepared
def service_labels_of_page(*, owners: Any) -> Any:
    """The same for its page, but for the photos; benefits by the address of their policy, with their own slug as `more`."""
    benefits = link_rows(
        "benefits", Benefit.objects.published().filter(service__in=owners), owner="service_id", slug="policy__slug",
        name="name", name_en="name_en", position="position", more="slug",
    )  # fmt: skip
    return all_links(topic_links(Service, owners), basis_labels(owners), benefits, attachment_links(Service, owners))


@prepared
def programme_labels(*, owners: Any) -> Any:
    """Every branch of a programme's own page and record."""
    return all_links(
        topic_links(Programme, owners),
        many_links("policies", Programme, owners, Policy.objects.published(), name="title"),
        many_links("stories", Programme, owners, Story.objects.published(), name="headline"),
        part_labels(owners),
        figure_links(Programme, owners),
        photo_links(Programme, owners),
        attachment_links(Programme, owners),
    )
