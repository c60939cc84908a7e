"""What stands around a policy or a service on its own page; one query each."""

from policies.labels import basis_labels, policy_labels, topic_labels
from policies.models import Benefit, Policy, Service
from regions.links import link_rows, read_links
from regions.page_links import PageLink, page_links

POLICY_LINKS = {
    "topics": "regions:topic",
    "issuers": "regions:organisation",
    "relations": "policies:detail",
    "relations_in": "policies:detail",
    "services": "policies:service",
}
SERVICE_LINKS = {"topics": "regions:topic", "basis": "policies:detail", "benefits": "policies:detail"}


def policy_links(policy: Policy) -> dict[str, list[PageLink]]:
    found = read_links(*policy_labels([policy.pk]))[policy.pk]
    return page_links(found, POLICY_LINKS)


def service_links(service: Service) -> dict[str, list[PageLink]]:
    """`benefits` lead to their policy's page; `more` is the benefit's own slug there, or the clause of a basis."""
    benefits = link_rows(
        "benefits", Benefit.objects.published().filter(service=service), owner="service_id", slug="policy__slug",
        name="name", name_en="name_en", position="position", more="slug",
    )  # fmt: skip
    found = read_links(topic_labels(Service, [service.pk]), basis_labels([service.pk]), benefits)[service.pk]
    return page_links(found, SERVICE_LINKS)
