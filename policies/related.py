"""What stands around a policy, a service or a programme on its own page; one query each."""

from policies.labels import policy_labels, programme_labels, service_labels_of_page
from policies.models import Policy, Programme, Service
from regions.links import read_links
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
    return page_links(read_links(policy_labels(owners=[policy.pk]))[policy.pk], POLICY_LINKS)


def service_links(service: Service) -> dict[str, list[PageLink]]:
    """`benefits` lead to their policy's page; `more` is the benefit's own slug there, or the clause of a basis."""
    return page_links(read_links(service_labels_of_page(owners=[service.pk]))[service.pk], SERVICE_LINKS)


def programme_links(programme: Programme) -> dict[str, list[PageLink]]:
    return page_links(read_links(programme_labels(owners=[programme.pk]))[programme.pk], PROGRAMME_LINKS)
