"""What is measured: name, the middleware it runs in, and its address in a database of a given size."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from policies.filters import BenefitFilterSet, PolicyFilterSet
from policies.models import Benefit, Policy
from portal.lists.filterset import PublicFilterSet
from regions.filters import FigureFilterSet
from regions.models import Figure

from .serve import STARTPROJECT

DEPTH = 0.8
PAGE = 20
ROWS = 30
"""Of the HTML lists."""
FILTERED = "region=qijiang&kind=measures"


@dataclass(frozen=True, slots=True)
class Target:
    """`address` is read while the database is in use; `middleware` None: the project's own."""

    name: str
    address: Callable[[], str]
    middleware: tuple[str, ...] | None = None
    is_revalidation: bool = False


def deep_cursor(filterset: type[PublicFilterSet], model: Any) -> str:
    """The token of the place at 80 % of a list, taken from the project's own paging over the two rows there."""
    keys = filterset.orderings[0].keys
    rows = model.objects.published()
    place = int(rows.count() * DEPTH)
    here = [row.pk for row in rows.order_by(*keys)[place : place + 2]]
    page = filterset.read(QueryDict(), lambda: model.objects.published().filter(pk__in=here)).page(1)
    return page.next or ""


def _deep(name: str, filterset: type[PublicFilterSet], model: Any, **more: str) -> str:
    query = QueryDict(mutable=True)
    query.update({"cursor": deep_cursor(filterset, model), **more})
    return f"{reverse(name)}?{query.urlencode()}"


def _at(name: str, query: str = "", *args: str) -> Callable[[], str]:
    return lambda: f"{reverse(name, args=args)}{'?' if query else ''}{query}"


def _policy(name: str) -> Callable[[], str]:
    """The first policy with everything around it."""

    def address() -> str:
        whole = Policy.objects.published().filter(relations__isnull=False, figures__isnull=False)
        return reverse(name, args=[whole.order_by("pk").values_list("slug", flat=True)[0]])

    return address


def _offset(name: str) -> Callable[[], str]:
    return lambda: f"{reverse(name)}?limit={PAGE}&offset={int(Policy.objects.published().count() * DEPTH)}"


def _number(name: str) -> Callable[[], str]:
    return lambda: f"{reverse(name)}?page={int(Policy.objects.published().count() * DEPTH) // ROWS}"


def targets() -> list[Target]:
    return [
        Target("bare view", _at("bench-bare"), ()),
        Target("bare view, site's middleware", _at("bench-bare")),
        Target("home", _at("pages:home")),
        Target("list, first page", _at("policies:list")),
        Target("list, first page, 304", _at("policies:list"), is_revalidation=True),
        Target("list, region + kind", _at("policies:list", FILTERED)),
        Target("list, 80 % deep", lambda: _deep("policies:list", PolicyFilterSet, Policy)),
        Target("policy", _policy("policies:detail")),
        Target("region", _at("regions:region", "", "qijiang")),
        Target("benefits, first page", _at("policies:benefits")),
        Target("benefits, 80 % deep", lambda: _deep("policies:benefits", BenefitFilterSet, Benefit)),
        Target("figures, first page", _at("regions:figures")),
        Target("figures, 80 % deep", lambda: _deep("regions:figures", FigureFilterSet, Figure)),
        Target("stories, first page", _at("regions:stories")),
        Target("events, first page", _at("regions:events")),
        Target("programmes, first page", _at("policies:programmes")),
        Target("story", _at("regions:story", "", "story-0")),
        Target("API list of 20", _at("api:policies", f"limit={PAGE}")),
        Target("API list of 20, 80 % deep", lambda: _deep("api:policies", PolicyFilterSet, Policy, limit=str(PAGE))),
        Target("API stories of 20", _at("api:stories", f"limit={PAGE}")),
        Target("API detail", _policy("api:policies-detail")),
        Target("floor: ListView, first page", _at("bench-list"), STARTPROJECT),
        Target("floor: ListView, 80 % deep", _number("bench-list"), STARTPROJECT),
        Target("floor: DetailView", _policy("bench-detail"), STARTPROJECT),
        Target("floor: DRF list of 20", _at("bench-api", f"limit={PAGE}"), STARTPROJECT),
        Target("floor: DRF list of 20, 80 % deep", _offset("bench-api"), STARTPROJECT),
    ]
