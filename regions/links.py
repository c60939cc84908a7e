"""Names and addresses of related entries, of any number of kinds, for any number of owners: one query."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, F, IntegerField, Model, QuerySet, Value
from django.db.models.functions import Cast

from portal.publishing.prepared import prepared
from regions.models import Figure, Photo, PhotoUse, Topic

COLUMNS = ("link_owner", "link_kind", "link_position", "link_slug", "link_name", "link_name_en", "link_more")


class Link(NamedTuple):
    """One related entry: whose it is (a pk), what it is to the owner, and how to show it."""

    owner: int
    kind: str
    position: int
    slug: str
    name: str
    name_en: str
    more: str

    def local(self, name: str, language: str) -> str:
        return (self.name_en if language == "en" else "") or self.name


def link_rows(
    kind: str, rows: QuerySet[Any], *, owner: str, slug: str, name: str, name_en: str = "", position: str = "", more: str = ""
) -> QuerySet[Any]:
    """A branch for `read_links`: `rows` are the public related entries, the others are field paths from them."""
    return (
        rows.order_by()
        .annotate(
            link_owner=Cast(F(owner), BigIntegerField()),
            link_kind=Value(kind, CharField()),
            link_position=Cast(F(position), IntegerField()) if position else Value(0, IntegerField()),
            link_slug=_text(slug),
            link_name=_text(name),
            link_name_en=_text(name_en),
            link_more=_text(more),
        )
        .values_list(*COLUMNS)
    )


def all_links(*branches: QuerySet[Any]) -> QuerySet[Any]:
    """All branches as one query."""
    first, *others = branches
    return first.union(*others) if others else first.distinct()


def read_links(rows: Iterable[Any]) -> dict[int, dict[str, list[Link]]]:
    """The rows of `all_links`: owner → kind → links in order of position, then name, each once."""
    found: dict[int, dict[str, list[Link]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        link = Link(*row)
        found[link.owner][link.kind].append(link)
    for kinds in found.values():
        for links in kinds.values():
            links.sort(key=lambda link: (link.position, link.name, link.slug))
    return found


def give_links(rows: list[Any], labels: Callable[..., Iterable[Any]]) -> None:
    """Give each record of the API its `links`; one query. `labels` is a prepared query of the links of its `owners`."""
    found = read_links(labels(owners=[row.pk for row in rows]))
    for row in rows:
        row.links = found[row.pk]


def photo_links(model: type[Model], owners: Any) -> QuerySet[Any]:
    """A branch of the public photos of entries of one type, in each entry's order."""
    uses = PhotoUse.objects.filter(
        Photo.objects.published().linked_from("photo"),
        entry_type__app_label=model._meta.app_label,
        entry_type__model=model._meta.model_name,
        entry_id__in=owners,
    )
    return link_rows(
        "photos",
        uses,
        owner="entry_id",
        slug="photo__slug",
        name="photo__caption",
        name_en="photo__caption_en",
        position="position",
    )


def many_links(
    relation: str, model: type[Model], owners: Any, public: Any, *, name: str = "name", position: str = "", more: str = ""
) -> QuerySet[Any]:
    """A branch of the entries among `public` that a many-to-many field of `model` leads to; paths start at the target."""
    field: Any = model._meta.get_field(relation)
    owner, target = f"{field.m2m_field_name()}_id", field.m2m_reverse_field_name()
    rows = field.remote_field.through.objects.filter(public.linked_from(target), **{f"{owner}__in": owners})
    return _through(relation, rows, owner, target, name=name, position=position, more=more)


def many_links_back(
    kind: str, model: type[Model], relation: str, owners: Any, public: Any, *, name: str = "name", more: str = ""
) -> QuerySet[Any]:
    """The same from the other end: the entries of `model` among `public` whose `relation` holds one of the owners."""
    field: Any = model._meta.get_field(relation)
    owner, target = f"{field.m2m_reverse_field_name()}_id", field.m2m_field_name()
    rows = field.remote_field.through.objects.filter(public.linked_from(target), **{f"{owner}__in": owners})
    return _through(kind, rows, owner, target, name=name, more=more)


def topic_links(model: type[Model], owners: Any) -> QuerySet[Any]:
    """A branch of the topics of public entries; they use the topic, so that its own state decides."""
    return many_links("topics", model, owners, Topic.objects.in_public_state(), position="position")


@prepared
def topics_of(model: type[Model], *, owners: Any) -> QuerySet[Any]:
    return all_links(topic_links(model, owners))


def figure_links(model: type[Model], owners: Any) -> QuerySet[Any]:
    """A branch of the figures an entry is shown with; `more` is the figure in its source's words."""
    public = Figure.objects.published()
    return many_links("figures", model, owners, public, name="indicator__name", more="as_published")


def _through(
    kind: str, rows: QuerySet[Any], owner: str, target: str, *, name: str, position: str = "", more: str = ""
) -> QuerySet[Any]:
    def path(column: str) -> str:
        return f"{target}__{column}" if column else ""

    return link_rows(
        kind, rows, owner=owner, slug=path("slug"), name=path(name), name_en=path(f"{name}_en"), position=path(position),
        more=path(more),
    )  # fmt: skip


def _text(path: str) -> Any:
    return Cast(F(path), CharField()) if path else Value("", CharField())
