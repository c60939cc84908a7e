"""Every error of the API is problem+json (RFC 9457) that names what was wrong and what would be right."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions

from portal.lists.parameters import ParameterError
from portal.web.errors import problem


class GoneError(exceptions.APIException):
    """An entry that was public and is no more; `detail` is what readers are told."""

    status_code = 410


def problem_response(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """DRF's exception handler; None leaves the error to Django's own handlers."""
    request = context["request"]
    if isinstance(error, ParameterError):
        more = {"parameter": error.name} | ({"hint": error.hint} if error.hint else {})
        return problem(request, 400, _("这个网址有写错的地方"), str(error), **more)
    if isinstance(error, Http404 | exceptions.NotFound):
        return problem(request, 404, _("没有这一条"), _("这个网址下没有公开的内容。"))
    if isinstance(error, exceptions.MethodNotAllowed):
        response = problem(request, 405, _("这个接口只读"), _("只能用 GET、HEAD 或 OPTIONS。"))
        response["Allow"] = "GET, HEAD, OPTIONS"
        return response
    if isinstance(error, exceptions.NotAcceptable):
        return problem(request, 406, _("没有这种格式"), _("接口只提供 application/json。"))
    if isinstance(error, exceptions.APIException):
        return problem(request, error.status_code, _("这一条不能提供"), str(error.detail))
    return None
