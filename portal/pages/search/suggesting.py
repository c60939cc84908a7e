from django.apps import apps
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from portal.lists.parameters import ParameterError, read_parameters
from portal.search.suggesting import suggest
from portal.web.errors import problem
from portal.web.public_view import PublicView


class SuggestView(PublicView):
    """`{"suggestions": [{"text", "type"}]}`, at most eight; `type` is "" for words. Kept by browsers as long as a page."""

    reads_own_parameters = True

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            typed = read_parameters(request.GET, ("q",)).get("q", "")
        except ParameterError as error:
            return problem(request, 400, _("这个网址有写错的地方"), str(error), parameter=error.name)
        found = [{"text": one.text, "type": _type_of(one.kind)} for one in suggest(typed)]
        return JsonResponse({"suggestions": found}, json_dumps_params={"ensure_ascii": False})


def _type_of(kind: str) -> str:
    return force_str(apps.get_model(kind)._meta.verbose_name) if kind else ""
