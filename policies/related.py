"""What stands around a policy, a service or a programme on its own page; one query each."""

from policies.labels import basis_labels, policy_labels, programme_labels
from policies.models import Benefit, Policy, Programme, Service
from regions.attachment_links import attachment_links
from regions.links import link_rows, read_links, topic_links
from regions.page_links import PageLink, page_links

POLICY_LINKS = {
    "topics": "regions:topic",
    "issuers": "regions:organisation",
    "relations": "policies:detail",
    "relations_in": "policies:detail",
    "services": "policies:service",
    "programmes": "policies:programme",
    "stories": "regions:story",
    "attachments": "attachment",
}
PROGRAMME_LINKS = {
    "topics": "regions:topic",
    "policies": "policies:detail",
    "stories": "regions:story",
    "attachments": "attachment",
}
SERVICE_LINKS = {
    "topics": "regions:topic",
    "basis": "policies:detail",
    "benefits": "policies:detail",
    "attachments": "attachment",
}


def policy_links(policy: Policy) -> dict[str, list[PageLink]]:
    found = read_links(*policy_labels([policy.pk]))[policy.pk]
    return page_links(found, POLICY_LINKS)


def service_links(service: Service) -> dict[str, list[PageLink]]:
    """`benefits` lead to their policy's page; `more` is the benefit's own slug there, or the clause of a basis."""
    benefits = link_rows(
        "benefits", Benefit.objects.published().filter(service=service), owner="service_id", slug="policy__slug",
        name="name", name_en="name_en", position="position", more="slug",
    )  # fmt: skip
    owners = [service.pk]
    branches = (topic_links(Service, owners), basis_labels(owners), benefits, attachment_links(Service, owners))
    found = read_links(*branches)[service.pk]
    return page_links(found, SERVICE_LINKS)


def programme_links(programme: Programme) -> dict[str, list[PageLink]]:
    found = read_links(*programme_labels([programme.pk]))[programme.pk]
    return page_links(found, PROGRAMME_LINKS)
