"""Branches of the one query that reads all links of a page, and the addresses they lead to."""

from collections.abc import Callable
from typing import Any

from django.db.models import CharField, Exists, F, Func, IntegerField, Model, OuterRef, QuerySet, Subquery, Value

from policies.models import Policy, Programme, Service
from portal.pages.short_links import short_rows
from portal.publishing.prepared import Slot
from regions.links import link_rows, read_links
from regions.models import Event, FigureMention, Organisation, PhotoUse, Region, Story
from regions.page_links import PageLink, page_links

ADDRESSES = {
    "policies": "policies:detail",
    "services": "policies:service",
    "programmes": "policies:programme",
    "regions": "regions:region",
    "topics": "regions:topic",
    "sources": "regions:source",
    "organisations": "regions:organisation",
    "indicators": "regions:indicator",
    "figures": "regions:figure",
    "photos": "regions:photo",
    "events": "regions:event",
    "stories": "regions:story",
    "memberships": "regions:region",
    "members": "regions:region",
    "branches": "regions:organisation",
}
SHORT: dict[str, Any] = {"programmes": Programme, "events": Event, "stories": Story}
"""The kinds of entry that are shown with what they are in a line."""
FIRST_OF: dict[str, tuple[Any, ...]] = {
    "programmes": (F("part_of").asc(nulls_first=True), "name_key", "pk"),
    "events": ("-date_key", "-pk"),
    "stories": ("-updated_at", "-pk"),
}
"""Which of them a page shows that has no room for all."""
ILLUSTRATED: dict[str, Any] = {"regions": Region, "policies": Policy, "services": Service, **SHORT}
TELLING: dict[str, Any] = {**ILLUSTRATED, "organisations": Organisation}
Links = dict[str, list[PageLink]]


def read(entry: Any, labels: Callable[..., Any]) -> Links:
    """One query; `labels` is a prepared query of the links of its `owner`."""
    return page_links(read_links(labels(owner=entry.pk))[entry.pk], ADDRESSES)


def read_counted(entry: Any, labels: Callable[..., Any]) -> tuple[Links, dict[str, int]]:
    """The same, and by kind how many there are of what `few` read."""
    found = read_links(labels(owner=entry.pk))[entry.pk]
    return page_links(found, ADDRESSES), {link.slug: link.position for link in found.get("counts", [])}


def named(kind: str, rows: QuerySet[Any], owner: str, *, position: str = "", more: str = "") -> QuerySet[Any]:
    return link_rows(kind, rows, owner=owner, slug="slug", name="name", name_en="name_en", position=position, more=more)


def titled(kind: str, rows: QuerySet[Any], owner: str, *, more: str = "") -> QuerySet[Any]:
    return link_rows(kind, rows, owner=owner, slug="slug", name="title", name_en="title_en", more=more)


def owned(rows: QuerySet[Any], owner: Slot) -> QuerySet[Any]:
    """Rows that stand with an entry to which no column of theirs leads; their owner is `owner_pk`."""
    return rows.annotate(owner_pk=owner)


def entries(kind: str, rows: QuerySet[Any], owner: Slot) -> QuerySet[Any]:
    """Whole entries of any kind that stand with another."""
    if kind in SHORT:
        return short_rows(kind, owned(rows, owner), "owner_pk")
    of_kind = titled if kind in {"policies", "sources"} else named
    return of_kind(kind, owned(rows, owner), "owner_pk")


def few(
    kind: str, rows: QuerySet[Any], of: type[Model], owner: Slot, most: int, order: tuple[Any, ...] = ()
) -> list[QuerySet[Any]]:
    """The first `most` of the rows that stand with an entry of type `of`, and how many there are."""
    first = rows.order_by(*(order or _first_of(kind))).values("pk")[:most]
    count = rows.order_by().annotate(found=Func(F("pk"), function="COUNT", output_field=IntegerField())).values("found")
    seat = of._default_manager.filter(pk=owner).annotate(what=Value(kind, CharField()), found=Subquery(count))
    return [
        entries(kind, rows.model.objects.filter(pk__in=first), owner),
        link_rows("counts", seat, owner="pk", slug="what", name="what", position="found"),
    ]


def _first_of(kind: str) -> tuple[Any, ...]:
    """Of programmes first those that gather others."""
    if kind != "programmes":
        return FIRST_OF[kind]
    parts = Programme.objects.published().filter(part_of=OuterRef("pk"))
    return Exists(parts).desc(), *FIRST_OF[kind]


def showing(photo: Slot) -> list[QuerySet[Any]]:
    """The public entries that show a photo, by kind."""
    return [
        entries(kind, model.objects.published().filter(pk__in=_rows_of(PhotoUse, model, photo=photo)), photo)
        for kind, model in ILLUSTRATED.items()
    ]


def telling(figure: Slot) -> list[QuerySet[Any]]:
    """The public entries that name a figure in a text of theirs or among their figures, by kind."""
    branches = []
    for kind, model in TELLING.items():
        rows = model.objects.published()
        branches.append(entries(kind, rows.filter(pk__in=_rows_of(FigureMention, model, figure=figure)), figure))
        if any(field.name == "figures" for field in model._meta.many_to_many):
            branches.append(entries(kind, rows.filter(figures=figure), figure))
    return branches


def _rows_of(generic: Any, model: Any, **conditions: Any) -> QuerySet[Any]:
    """The entries of a type that generic rows belong to. The type is matched by name: Django's cache of content types would make the number of queries depend on what ran before."""
    of_type = {"entry_type__app_label": model._meta.app_label, "entry_type__model": model._meta.model_name}
    return generic.objects.filter(**of_type, **conditions).values("entry_id")
