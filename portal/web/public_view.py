from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views import View

from portal.lists.parameters import ParameterError, read_parameters
from portal.web.errors import not_allowed, parameter_error

TRACKING = {"from", "isappinstalled", "nsukey", "spm"}


def is_tracking(name: str) -> bool:
    return name in TRACKING or name.startswith("utm_")


class PublicView(View):
    """A page for readers: GET only, tracking parameters dropped by a redirect, other unknown parameters refused by name."""

    http_method_names = ["get", "head", "options"]
    parameters: tuple[str, ...] = ()
    reads_own_parameters = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if any(is_tracking(name) for name in request.GET):
            return self._without_tracking(request)
        try:
            if not self.reads_own_parameters:
                self.values = read_parameters(request.GET, self.parameters)
            return super().dispatch(request, *args, **kwargs)
        except ParameterError as error:
            return parameter_error(request, error)

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return not_allowed(request)

    @staticmethod
    def _without_tracking(request: HttpRequest) -> HttpResponse:
        query = request.GET.copy()
        for name in [name for name in query if is_tracking(name)]:
            del query[name]
        address = f"{request.path}?{query.urlencode()}" if query else request.path
        return HttpResponseRedirect(address)
