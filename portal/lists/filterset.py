from collections.abc import Callable, Iterable, Mapping
from copy import copy
from functools import cache, cached_property
from typing import Any, ClassVar

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.lists.facets import Facet
from portal.lists.filters import MomentFilter, SlugFilter
from portal.lists.keyset import Cursor, KeysetPage, Ordering, keyset_page, keyset_rows, read_cursor
from portal.lists.parameters import ParameterError, clean_query, read_parameters
from portal.lists.words import Match, WordsFilter
from portal.publishing.light import light, lightly
from portal.publishing.prepared import Slot, prepared

PAGING = ("cursor", "ordering")
WORDS, IN_WORDS = "q", "q "
"""The filter by words, and what the names of the values of its query begin with."""
Rows = Callable[[], QuerySet[Any]]


class PublicFilterSet(django_filters.FilterSet):
    """The filters, orders and facets of one public type; its page, API, feed and export all use it.

    Build it with `read`, which refuses what it does not know; `rows()` is then the filtered list.
    """

    orderings: ClassVar[tuple[Ordering, ...]]
    facets: ClassVar[tuple[Facet, ...]] = ()

    q = WordsFilter()
    updated_at__gte = MomentFilter("updated_at", lookup_expr="gte", label=gettext_lazy("此后更新"))
    updated_at__lte = MomentFilter("updated_at", lookup_expr="lte", label=gettext_lazy("此前更新"))

    source: Rows
    values: dict[str, str]
    """The given filter parameters, without empty ones and without paging."""
    ordering: Ordering
    cursor: Cursor | None

    def __init__(self, values: dict[str, str], rows: Rows, slots: Iterable[str] = ()) -> None:
        """Not as django-filter does: a form of a dozen fields, copied deep for the one or two that are given, costs as much as a query."""
        self.values, self.source = values, rows
        self.filters = dict(self.base_filters)
        for name in (*values, *slots):
            self.filters[name] = given = copy(self.base_filters[name])
            given.parent = self

    @classmethod
    def read(cls, query: QueryDict, rows: Rows, *, others: tuple[str, ...] = ()) -> "PublicFilterSet":
        """Read an address; `others` are further parameters the caller knows. ParameterError for anything else.

        `rows` gives the whole list; it stands for the shape of the list's queries, so it is the same function each time.
        """
        values = read_parameters(query, [*cls.base_filters, *PAGING, *others])
        found = cls({name: value for name, value in values.items() if name in cls.base_filters}, rows)
        found.ordering = found._read_ordering(values.get("ordering", ""))
        found._check()
        found.cursor = read_cursor(values.get("cursor", ""), found.model, found.ordering, clean_query(found.values))
        return found

    @classmethod
    def again(cls, values: Iterable[tuple[str, str]], rows: Rows, slots: Mapping[str, Slot]) -> "PublicFilterSet":
        """With values that were read before, or are given later; while a query is prepared."""
        given = dict(values)
        words = given.pop(WORDS, "")
        others = {name: slot for name, slot in slots.items() if not name.startswith(IN_WORDS)}
        found = cls(given, rows, others)
        found.cleaned |= others
        if words:
            places = range(len(slots) - len(others))
            found.cleaned[WORDS] = Match(words, tuple(slots[f"{IN_WORDS}{place}"] for place in places))
        return found

    @cached_property
    def cleaned(self) -> dict[str, Any]:
        """The given values as their filters read them, in the order of the filters; ParameterError for one that is wrong."""
        return {name: self._clean(name) for name in self.base_filters if name in self.values}

    def _clean(self, name: str) -> Any:
        try:
            return self._field(name).clean(self.values[name])
        except ValidationError as error:
            reason = _("参数 %(name)s 的值不对：%(why)s") % {"name": name, "why": error.messages[0]}
            raise ParameterError(name, reason) from error

    def _field(self, name: str) -> Any:
        """The form field that reads a value: made once, since it keeps nothing of it."""
        return self.base_filters[name].field

    @property
    def model(self) -> Any:
        return _model_of(self.source)

    @property
    def shape(self) -> tuple[Any, ...]:
        """What the SQL of the list's queries depends on."""
        values = {name: value for name, value in self.values.items() if name not in self.slots}
        if self.match:
            values[WORDS] = self.match.sql
        return type(self), self.source, tuple(values.items())

    @property
    def slots(self) -> dict[str, Any]:
        """What only fills it: the values of filters that do nothing but compare."""
        slots = {name: self.cleaned[name] for name in self.values if getattr(self.filters[name], "only_compares", False)}
        words = self.match.params if self.match else ()
        return slots | {f"{IN_WORDS}{place}": value for place, value in enumerate(words)}

    @cached_property
    def match(self) -> Match | None:
        """What the words of `q` are found in; asked of the index once."""
        text, words = self.values.get(WORDS), self.filters[WORDS]
        return words.match(text) if text else None

    def rows(self) -> QuerySet[Any]:
        return self.without("")

    def without(self, name: str) -> QuerySet[Any]:
        """The list as it would be if one filter were not set; for the counts beside that filter's choices."""
        rows = self.base()
        for other, value in self.cleaned.items():
            if other != name and value is not None and value != "":
                rows = self.filters[other].filter(rows, value)
        return rows

    def base(self) -> QuerySet[Any]:
        """The whole list. A type may add here what its facets count."""
        return self.source()

    def page(self, limit: int, columns: frozenset[str] = frozenset()) -> KeysetPage:
        """Read the page the address asks for; one query. With `columns` its rows have these only."""
        filters = clean_query(self.values)
        keys = {f"key_{place}": value for place, value in enumerate(self.cursor.values)} if self.cursor else {}
        is_backward = self.cursor.is_backward if self.cursor else None
        found = _page_rows(*self.shape, self.ordering, limit, is_backward, columns, **keys, **self.slots)
        return keyset_page(found, self.ordering, limit=limit, cursor=self.cursor, filters=filters)

    def check_names(self) -> None:
        """Refuse slugs that name nothing; call it when the list is empty. One query for each slug given."""
        for name, value in self.values.items():
            found = self.filters[name]
            if isinstance(found, SlugFilter) and not found.targets().filter(slug=value).exists():
                raise ParameterError(name, _("参数 %(name)s 的值 %(value)s 不存在。") % {"name": name, "value": value})

    def _read_ordering(self, name: str) -> Ordering:
        if not name:
            return self.orderings[0]
        for ordering in self.orderings:
            if ordering.name == name:
                return ordering
        names = _("、").join(ordering.name for ordering in self.orderings)
        raise ParameterError("ordering", _("排序 ordering 只能是：%(names)s。") % {"names": names})

    def _check(self) -> None:
        """Refuse values that are wrong. A type may refuse more."""
        self.cleaned  # noqa: B018 -- reading it is the check


@cache
def _model_of(rows: Rows) -> Any:
    return rows().model


@prepared
def _page_rows(
    filterset: type[PublicFilterSet],
    rows: Rows,
    values: tuple[tuple[str, str], ...],
    ordering: Ordering,
    limit: int,
    is_backward: bool | None,
    columns: frozenset[str],
    /,
    **slots: Slot,
) -> Any:
    keys = tuple(slots.pop(name) for name in sorted(slots) if name.startswith("key_"))
    cursor = None if is_backward is None else Cursor(keys, is_backward)
    found = filterset.again(values, rows, slots).rows()
    found = light(found, columns.union(key.lstrip("-") for key in ordering.keys)) if columns else lightly(found)
    return keyset_rows(found, ordering, limit=limit, cursor=cursor)
