from functools import cache
from typing import Any

import yaml
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portal.lists.parameters import ParameterError, read_parameters
from portal.web.errors import only_read, parameter_error


@cache
def schema_text() -> str:
    """The committed OpenAPI document; a test keeps it equal to the code."""
    return (settings.BASE_DIR / "docs" / "openapi.yaml").read_text(encoding="utf-8")


@cache
def schema() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(schema_text())
    return found


@only_read
def schema_view(request: HttpRequest) -> HttpResponse:
    try:
        read_parameters(request.GET, ())
    except ParameterError as error:
        return parameter_error(request, error)
    return HttpResponse(schema_text(), content_type="application/yaml; charset=utf-8")
