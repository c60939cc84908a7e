from collections.abc import Iterator

from django.utils.translation import gettext as _

from policies.models import Benefit, Clause, Policy
from portal.publishing.gate import Problem, Whole, rule
from portal.publishing.gate.local_links import LocalLink, local_links
from portal.publishing.models import Publishable

CLAUSE, BENEFIT = "art-", "benefit-"


@rule(Publishable)
def linked_clauses_exist(whole: Whole) -> Iterator[Problem]:
    """Every link to a clause or benefit of a policy (`#art-3`, `#benefit-rent`) finds it there."""
    links = [link for link in local_links(whole) if link.name == Policy.address_name and _is_row(link.fragment)]
    if not links:
        return
    known = _anchors(whole, {link.target for link in links})
    for link in links:
        if (link.target, link.fragment) not in known:
            yield Problem(_sentence(link), link.field.name, link.row)


def _is_row(fragment: str) -> bool:
    return fragment.startswith((CLAUSE, BENEFIT))


def _anchors(whole: Whole, slugs: set[str]) -> set[tuple[str, str]]:
    """The anchors of the entry itself as it is, of other policies as they are stored; two queries for others."""
    entry = whole.entry
    found: set[tuple[str, str]] = set()
    if isinstance(entry, Policy) and entry.slug in slugs:
        found |= {(entry.slug, one.anchor) for one in whole.rows("clauses")}
        found |= {(entry.slug, f"{BENEFIT}{one.slug}") for one in whole.rows("benefits")}
        slugs = slugs - {entry.slug}
    if slugs:
        of_others = {"policy__slug__in": slugs, "policy__copy_of__isnull": True}
        numbers = Clause.objects.filter(**of_others).values_list("policy__slug", "number")
        names = Benefit.objects.filter(**of_others).values_list("policy__slug", "slug")
        found |= {(slug, f"{CLAUSE}{number}") for slug, number in numbers}
        found |= {(slug, f"{BENEFIT}{name}") for slug, name in names}
    return found


def _sentence(link: LocalLink) -> str:
    return _("“%(label)s”里的链接 %(address)s 指向的条款或待遇不存在，请核对。") % {
        "label": link.field.verbose_name,
        "address": link.address,
    }
