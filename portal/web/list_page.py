from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.lists.facets import FacetCounts, facet_counts
from portal.lists.filterset import PublicFilterSet
from portal.lists.keyset import KeysetPage
from portal.web.public_view import PublicView


class ListPage(PublicView):
    """A filtered list. Two queries: the counts beside the filters, and the rows (or, for an empty list, the check of names)."""

    reads_own_parameters = True
    template_name: str
    filterset_class: type[PublicFilterSet]
    page_size = 20

    def rows(self) -> QuerySet[Any]:
        raise NotImplementedError

    def context(self, filterset: PublicFilterSet, page: KeysetPage) -> dict[str, Any]:
        return {}

    def get(self, request: HttpRequest) -> HttpResponse:
        filterset = self.filterset_class.read(request.GET, self.rows())
        counts = facet_counts(filterset, filterset.facets)
        if counts.total:
            page = filterset.page(self.page_size)
        else:
            filterset.check_names()
            page = KeysetPage([], None, None)
        return render(request, self.template_name, self._context(filterset, counts, page))

    def _context(self, filterset: PublicFilterSet, counts: FacetCounts, page: KeysetPage) -> dict[str, Any]:
        return {
            "filterset": filterset,
            "counts": counts,
            "total": counts.total,
            "page": page,
            "rows": page.rows,
            **self.context(filterset, page),
        }
