from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from portal.lists.facets import FacetCounts, facet_counts
from portal.lists.filterset import PublicFilterSet
from portal.lists.keyset import KeysetPage
from portal.lists.parameters import clean_query
from portal.web.filter_form import Field, read_fields, read_form
from portal.web.freshness import content_version_of
from portal.web.public_view import PublicView
from portal.web.templatetags.texts import page_language


class ListPage(PublicView):
    """A filtered list. Two queries: the counts beside the filters, and the rows (or, for an empty list, the check of names)."""

    reads_own_parameters = True
    template_name: str
    filterset_class: type[PublicFilterSet]
    page_size = 30

    @classmethod
    def rows(cls) -> QuerySet[Any]:
        raise NotImplementedError

    def fields(self, filterset: PublicFilterSet, counts: FacetCounts) -> list[Field]:
        return read_fields(filterset, counts, page_language())

    def context(self, filterset: PublicFilterSet, page: KeysetPage) -> dict[str, Any]:
        return {}

    def get(self, request: HttpRequest) -> HttpResponse:
        filterset = self.filterset_class.read(request.GET, self.rows)
        if "" in request.GET.values():
            return self._without_empty(request)
        counts = facet_counts(filterset, filterset.facets, content_version_of(request))
        if counts.total:
            page = filterset.page(self.page_size)
        else:
            filterset.check_names()
            page = KeysetPage([], None, None)
        return render(request, self.template_name, self._context(filterset, counts, page))

    @staticmethod
    def _without_empty(request: HttpRequest) -> HttpResponse:
        """A plain form sends its empty fields too; its address is tidied here so that it can be read and shared."""
        query = clean_query({name: str(value) for name, value in request.GET.items() if value})
        return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)

    def _context(self, filterset: PublicFilterSet, counts: FacetCounts, page: KeysetPage) -> dict[str, Any]:
        form = read_form(filterset, self.fields(filterset, counts))
        values = filterset.values if form.sorts[0].is_chosen else filterset.values | {"ordering": filterset.ordering.name}
        return {
            "filterset": filterset,
            "counts": counts,
            "total": counts.total,
            "page": page,
            "rows": page.rows,
            "form": form,
            "next_query": clean_query(values, cursor=page.next) if page.next else "",
            "previous_query": clean_query(values, cursor=page.previous) if page.previous else "",
            **self.context(filterset, page),
        }
