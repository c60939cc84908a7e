"""The entries that policies and services are shown with, by name and address: one query for any number of owners."""

from typing import Any

from policies.models import Benefit, Policy, PolicyIssuer, PolicyRelation, Service, ServiceBasis
from regions.links import link_rows, photo_links
from regions.models import Figure, Organisation, Topic


def topic_labels(model: type[Policy] | type[Service], owners: list[int]) -> Any:
    owner = f"{model._meta.model_name}_id"
    # The owner is public and uses the topic, so the topic's own state decides.
    topics = Topic.objects.in_public_state().linked_from("topic")
    through = model.topics.through.objects.filter(topics, **{f"{owner}__in": owners})
    return link_rows(
        "topics",
        through,
        owner=owner,
        slug="topic__slug",
        name="topic__name",
        name_en="topic__name_en",
        position="topic__position",
    )


def issuer_labels(owners: list[int]) -> Any:
    rows = PolicyIssuer.objects.filter(Organisation.objects.published().linked_from("organisation"), policy__in=owners)
    return link_rows(
        "issuers", rows, owner="policy_id", slug="organisation__slug", name="organisation__name",
        name_en="organisation__name_en", position="position",
    )  # fmt: skip


def relation_labels(owners: list[int]) -> tuple[Any, Any]:
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


def service_labels(owners: list[int]) -> Any:
    """The services that rest on policies."""
    rows = ServiceBasis.objects.filter(Service.objects.published().linked_from("service"), policy__in=owners)
    return link_rows("services", rows, owner="policy_id", slug="service__slug", name="service__name", name_en="service__name_en")


def figure_labels(owners: list[int]) -> Any:
    """The figures that report policies; `more` is the figure in its source's words."""
    through = Policy.figures.through.objects.filter(Figure.objects.published().linked_from("figure"), policy__in=owners)
    return link_rows(
        "figures", through, owner="policy_id", slug="figure__slug", name="figure__indicator__name",
        name_en="figure__indicator__name_en", more="figure__as_published",
    )  # fmt: skip


def basis_labels(owners: list[int]) -> Any:
    """The policies that services rest on; `more` is the number of the clause, if one is named."""
    rows = ServiceBasis.objects.filter(Policy.objects.published().linked_from("policy"), service__in=owners)
    return link_rows(
        "basis", rows, owner="service_id", slug="policy__slug", name="policy__title", name_en="policy__title_en",
        position="position", more="clause__number",
    )  # fmt: skip


def benefit_labels(owners: list[int]) -> Any:
    """The benefits that services deliver."""
    rows = Benefit.objects.published().filter(service__in=owners)
    return link_rows("benefits", rows, owner="service_id", slug="slug", name="name", name_en="name_en", position="position")


def policy_labels(owners: list[int]) -> list[Any]:
    """Every branch of a policy's own page and record."""
    return [
        topic_labels(Policy, owners),
        issuer_labels(owners),
        *relation_labels(owners),
        service_labels(owners),
        figure_labels(owners),
        photo_links(Policy, owners),
    ]


def service_page_labels(owners: list[int]) -> list[Any]:
    """Every branch of a service's own page and record."""
    return [topic_labels(Service, owners), basis_labels(owners), benefit_labels(owners), photo_links(Service, owners)]
