from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from portal.publishing.lookup import find_public
from portal.publishing.models import PublishableQuerySet
from portal.web.errors import gone
from portal.web.public_view import PublicView


class DetailPage(PublicView):
    """The page of one entry. A subclass gives `rows` and `template_name`, and in `context` what the entry is shown with."""

    template_name: str

    @classmethod
    def rows(cls) -> PublishableQuerySet:
        raise NotImplementedError

    def context(self, entry: Any) -> dict[str, Any]:
        return {}

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        found = find_public(self.rows, slug)
        if found.entry is not None:
            return render(request, self.template_name, {"entry": found.entry, **self.context(found.entry)})
        if found.moved_to is not None:
            return HttpResponsePermanentRedirect(found.moved_to.get_absolute_url())
        if found.gone:
            return gone(request, found.gone)
        raise Http404
