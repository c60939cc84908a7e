from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse

from portal.lists.parameters import ParameterError, read_parameters
from portal.web.addresses import absolute
from portal.web.errors import only_read, parameter_error


def index_of(names: Iterable[str]) -> Callable[[HttpRequest], HttpResponseBase]:
    """A view that lists the endpoints of the API by name."""
    plurals = sorted(name for name in names if not name.endswith("-detail"))

    @only_read
    def index(request: HttpRequest) -> HttpResponse:
        try:
            read_parameters(request.GET, ())
        except ParameterError as error:
            return parameter_error(request, error)
        return JsonResponse({name: absolute(reverse(f"api:{name}")) for name in plurals})

    return index
