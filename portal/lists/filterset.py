from collections.abc import Mapping
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.lists.facets import Facet
from portal.lists.filters import MomentFilter, SlugFilter
from portal.lists.keyset import Cursor, KeysetPage, Ordering, keyset_page, read_cursor
from portal.lists.parameters import ParameterError, clean_query, read_parameters

PAGING = ("cursor", "ordering")


class PublicFilterSet(django_filters.FilterSet):
    """The filters, orders and facets of one public type; its page, API, feed and export all use it.

    Build it with `read`, which refuses what it does not know; `rows()` is then the filtered list.
    """

    orderings: ClassVar[tuple[Ordering, ...]]
    facets: ClassVar[tuple[Facet, ...]] = ()

    updated_at__gte = MomentFilter("updated_at", lookup_expr="gte", label=gettext_lazy("此后更新"))
    updated_at__lte = MomentFilter("updated_at", lookup_expr="lte", label=gettext_lazy("此前更新"))

    values: dict[str, str]
    """The given filter parameters, without empty ones and without paging."""
    ordering: Ordering
    cursor: Cursor | None

    @classmethod
    def read(cls, query: QueryDict, rows: QuerySet[Any], *, others: tuple[str, ...] = ()) -> "PublicFilterSet":
        """Read an address; `others` are further parameters the caller knows. ParameterError for anything else."""
        values = read_parameters(query, [*cls.base_filters, *PAGING, *others])
        found = cls(data={name: value for name, value in values.items() if name in cls.base_filters}, queryset=rows)
        found.values = dict(found.data)
        found.ordering = found._read_ordering(values.get("ordering", ""))
        found._check()
        found.cursor = read_cursor(values.get("cursor", ""), rows.model, found.ordering, clean_query(found.values))
        return found

    def rows(self) -> QuerySet[Any]:
        return self.qs

    def without(self, name: str) -> QuerySet[Any]:
        """The list as it would be if one filter were not set; for the counts beside that filter's choices."""
        rows = self.queryset.all()
        for other, value in self.form.cleaned_data.items():
            if other != name and value not in {None, ""}:
                rows = self.filters[other].filter(rows, value)
        return rows

    def page(self, limit: int, *, rows: QuerySet[Any] | None = None) -> KeysetPage:
        """Read the page the address asks for; one query."""
        chosen = self.rows() if rows is None else rows
        return keyset_page(chosen, self.ordering, limit=limit, cursor=self.cursor, filters=clean_query(self.values))

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
        errors: Mapping[str, Any] = self.form.errors
        for name, messages in errors.items():
            raise ParameterError(name, _("参数 %(name)s 的值不对：%(why)s") % {"name": name, "why": messages[0]})
