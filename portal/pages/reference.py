"""The page for partners: what the API offers, read from the endpoints and the committed OpenAPI document."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import django_filters
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import policies.api.urls
import regions.api.urls
from portal.api.schema_file import schema
from portal.api.viewset import DEFAULT_LIMIT, LARGEST_LIMIT, LICENCE, ListEndpoint
from portal.web.addresses import absolute
from portal.web.public_view import PublicView

EXAMPLES: tuple[tuple[str, str | Promise], ...] = (
    ("/api/v1/figures/?kind=actual", _("全部实际数据，带限定词、截至时间和来源")),
    ("/api/v1/benefits/?audience=person&lang=en", _("个人可以得到的待遇，英文")),
    ("/api/v1/regions/?code=500110&on=2009-12-31", _("2009 年底代码 500110 属于哪里")),
    ("/api/v1/search/?q=%E5%85%AC%E5%AF%93&type=policies", _("搜索：找得到“公寓”的政策，最相关的在前")),
    ("/api/v1/changes/?from=now", _("从现在起跟随变化：先记下 cursor")),
    ("/api/v1/policies/?validity=expired&fields=slug,title,validity", _("已失效的政策，只要三个字段")),
)


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    label: str | Promise
    values: list[str]


@dataclass(frozen=True, slots=True)
class Field:
    """`depth` is 0 for a field of the record, 1 and more for the fields of a nested one."""

    name: str
    kind: str
    values: list[str]
    depth: int


@dataclass(frozen=True, slots=True)
class Endpoint:
    plural: str
    path: str
    name: Any
    parameters: list[Parameter]
    orderings: list[str]
    fields: list[Field]


class ReferencePage(PublicView):
    """How the API works and what it holds. No query of its own."""

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "kinds": [(plural, f"/api/v1/{plural}/", view.model._meta.verbose_name_plural) for plural, view in _lists().items()],
            "examples": [(absolute(path), path, label) for path, label in EXAMPLES],
            "licence": LICENCE,
            "default_limit": DEFAULT_LIMIT,
            "largest_limit": LARGEST_LIMIT,
        }
        return render(request, "pages/reference.html", context)


class EndpointPage(PublicView):
    """The parameters and fields of one kind of record. No query of its own."""

    def get(self, request: HttpRequest, plural: str) -> HttpResponse:
        view = _lists().get(plural)
        if view is None:
            raise Http404
        return render(request, "pages/reference_kind.html", {"endpoint": _endpoint(plural, view)})


@cache
def _lists() -> dict[str, type[ListEndpoint]]:
    patterns = [*regions.api.urls.urlpatterns, *policies.api.urls.urlpatterns]
    views = {str(pattern.pattern).strip("/"): getattr(pattern.callback, "view_class", None) for pattern in patterns}
    return {plural: view for plural, view in views.items() if isinstance(view, type) and issubclass(view, ListEndpoint)}


def _endpoint(plural: str, view: type[ListEndpoint]) -> Endpoint:
    filters = view.filterset_class.base_filters
    detail = schema()["paths"][f"/api/v1/{plural}/{{slug}}/"]["get"]["responses"]["200"]
    record = detail["content"]["application/json"]["schema"]
    return Endpoint(
        plural,
        f"/api/v1/{plural}/",
        view.model._meta.verbose_name_plural,
        [Parameter(name, found.label or "", _values(found)) for name, found in sorted(filters.items())],
        [ordering.name for ordering in view.filterset_class.orderings],
        _fields(record, 0),
    )


def _values(found: django_filters.Filter) -> list[str]:
    return [str(value) for value, _label in found.extra.get("choices", [])]


def _fields(record: dict[str, Any], depth: int) -> list[Field]:
    found: list[Field] = []
    for name, part in _resolve(record).get("properties", {}).items():
        whole = _resolve(part)
        kinds = whole.get("type", "object")
        kind = "[]" if kinds == "array" else " | ".join(kinds) if isinstance(kinds, list) else str(kinds)
        found.append(Field(name, kind, [str(value) for value in whole.get("enum", []) if value is not None], depth))
        inner = whole.get("items", whole)
        if "$ref" in inner or "properties" in inner:
            found += _fields(inner, depth + 1)
    return found


def _resolve(part: dict[str, Any]) -> dict[str, Any]:
    """Follow the references and the single choice that stand for a component."""
    for key in ("allOf", "oneOf", "anyOf"):
        if key in part:
            return _resolve(next(option for option in part[key] if option.get("type") != "null"))
    if "$ref" in part:
        found: dict[str, Any] = schema()["components"]["schemas"][part["$ref"].rsplit("/", 1)[1]]
        return _resolve(found)
    return part
