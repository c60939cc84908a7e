"""Builds the OpenAPI document from endpoints, FilterSets and serializers; needs drf-spectacular, which runs nowhere else."""

from typing import Any

import django_filters
from django.conf import settings
from django.test.utils import override_settings
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.settings import patched_settings
from rest_framework import serializers

from portal.api.changes import ChangesEndpoint, ChangeSerializer
from portal.api.search import SearchEndpoint
from portal.api.viewset import DEFAULT_LIMIT, LARGEST_LIMIT, LICENCE, ListEndpoint
from portal.lists.filters import DayFilter, MomentFilter, SlugFilter, YearFilter
from portal.lists.filterset import PublicFilterSet
from portal.lists.parameters import LONGEST_VALUE

PROBLEM = {
    "type": "object",
    "description": "RFC 9457: what was wrong and what would be right.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
        "parameter": {"type": "string", "description": "The parameter at fault, for a 400."},
        "hint": {"type": "string", "description": "The nearest valid name, or the names there are."},
    },
    "required": ["type", "title", "status", "detail", "request_id"],
}


LIMIT = {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": DEFAULT_LIMIT}

SAID = {
    "corrected": {"type": ["string", "null"], "description": "The text searched instead, where the one given finds nothing."},
    "synonyms": {
        "type": "object",
        "additionalProperties": {"type": "array", "items": {"type": "string"}},
        "description": "What else was looked for, by word of the text.",
    },
}
"""What an answer of the search says besides its results."""
SLUG = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}

SETTINGS = {
    "TITLE": "Talent policy portal",
    "VERSION": "1",
    "DESCRIPTION": "Read-only. Every list is paged by `cursor`; an unknown parameter or a bad value is a 400 that names it.",
    "LICENSE": {"name": "CC BY 4.0", "url": LICENCE},
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "OAS_VERSION": "3.1.0",
    "POSTPROCESSING_HOOKS": [],
}


def openapi_text() -> str:
    """Return the document as YAML, the same for the same code."""
    rest = {**settings.REST_FRAMEWORK, "DEFAULT_SCHEMA_CLASS": "portal.ops.openapi.PortalSchema"}
    with override_settings(REST_FRAMEWORK=rest), patched_settings(SETTINGS), translation.override("en"):
        document = SchemaGenerator(urlconf="portal.urls").get_schema(request=None, public=True)
    document["paths"] = {path: item for path, item in document["paths"].items() if path.startswith("/api/v1/")}
    document["components"]["schemas"]["Problem"] = PROBLEM
    text: bytes = OpenApiYamlRenderer().render(document, renderer_context={})
    return text.decode()


class PortalSchema(AutoSchema):
    """Describes our kinds of endpoint."""

    @property
    def is_list(self) -> bool:
        return isinstance(self.view, ListEndpoint | ChangesEndpoint | SearchEndpoint)

    @property
    def serializer_class(self) -> type[serializers.Serializer[Any]]:
        found: type[serializers.Serializer[Any]] = getattr(self.view, "serializer_class", ChangeSerializer)
        return found

    def get_operation_id(self) -> str:
        plural = self.path.strip("/").split("/")[2]
        return f"{plural}_{'list' if self.is_list else 'retrieve'}"

    def get_tags(self) -> list[str]:
        return [self.path.strip("/").split("/")[2]]

    def get_description(self) -> str:
        return (self.serializer_class.__doc__ or "").strip()

    def get_response_serializers(self) -> Any:
        return self.serializer_class

    def _is_list_view(self, serializer: Any = None) -> bool:
        return False

    def _get_filter_parameters(self) -> list[dict[str, Any]]:
        shaping = [
            _parameter("fields", "Only these fields, separated by commas.", {"type": "string"}),
            _parameter(
                "lang", "Language of texts; else Accept-Language.", {"type": "string", "enum": list(dict(settings.LANGUAGES))}
            ),
        ]
        if isinstance(self.view, ChangesEndpoint):
            return _following(self.view, shaping[1])
        if isinstance(self.view, SearchEndpoint):
            return [*_asking(self.view), shaping[1]]
        if not self.is_list:
            return shaping
        return [*_filters(self.view.filterset_class), *_paging(self.view.filterset_class), *shaping]

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        component = self.resolve_serializer(self.serializer_class(), direction).ref
        schema = _envelope(component) if self.is_list else component
        if isinstance(self.view, ChangesEndpoint):
            schema["required"].append("cursor")
            schema["properties"]["cursor"] = {"type": "string", "description": "Where to go on, also at the end."}
        if isinstance(self.view, SearchEndpoint):
            schema["required"] += SAID
            schema["properties"] |= SAID
        bodies = {"200": {"description": "", "content": {"application/json": {"schema": schema}}}}
        errors = {"400": "A parameter is unknown or its value is bad."}
        if not self.is_list:
            bodies["301"] = {"description": "The entry has a new slug."}
            errors |= {"404": "No such public entry.", "410": "Withdrawn; `detail` is the public reason."}
        elif isinstance(self.view, ChangesEndpoint):
            errors["410"] = "The cursor is too old; `resync` and `lists` are the addresses to start again from."
        problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        return bodies | {status: {"description": text, "content": problem} for status, text in errors.items()}

    def _map_serializer_field(self, field: Any, direction: Any, bypass_extensions: bool = False) -> Any:
        if isinstance(field, serializers.ReadOnlyField):
            return {"type": ["string", "null"], "readOnly": True}
        return super()._map_serializer_field(field, direction, bypass_extensions)


def _envelope(item: dict[str, Any]) -> dict[str, Any]:
    address = {"type": ["string", "null"], "format": "uri"}
    return {
        "type": "object",
        "required": ["results", "next", "previous", "count"],
        "properties": {
            "results": {"type": "array", "items": item},
            "next": address,
            "previous": address,
            "count": {
                "type": ["integer", "null"],
                "description": "Entries in the whole list; null where counting would be slow.",
            },
        },
    }


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _filters(filterset: type[PublicFilterSet]) -> list[dict[str, Any]]:
    return [_parameter(name, str(found.label or ""), _value(found)) for name, found in sorted(filterset.base_filters.items())]


def _value(found: django_filters.Filter) -> dict[str, Any]:
    if isinstance(found, django_filters.ChoiceFilter):
        return {"type": "string", "enum": [str(value) for value, _label in found.extra["choices"]]}
    if isinstance(found, MomentFilter):
        return {"type": "string", "description": "2021-08-05 or 2021-08-05T09:00:00+08:00"}
    if isinstance(found, DayFilter):
        return {"type": "string", "format": "date"}
    if isinstance(found, YearFilter):
        return {"type": "string", "pattern": "^(19|20)[0-9]{2}$"}
    if isinstance(found, SlugFilter):
        return SLUG
    return {"type": "string"}


def _asking(view: SearchEndpoint) -> list[dict[str, Any]]:
    kinds, statuses = list(view.vocabulary.kinds), list(view.vocabulary.statuses)
    return [
        _parameter("q", "Words, a title, a document number, pinyin or initials.", {"type": "string", "maxLength": LONGEST_VALUE}),
        _parameter("type", "Only entries of this list.", {"type": "string", "enum": kinds}),
        _parameter("region", "Only what serves this region.", SLUG),
        _parameter("topic", "Only what is about this topic.", SLUG),
        _parameter("validity", "Only policies of this validity today.", {"type": "string", "enum": statuses}),
        _parameter("as_typed", "Do not correct typing errors.", {"type": "string", "enum": ["yes"]}),
        _parameter("cursor", "A place in the results; take it from `next` or `previous`.", {"type": "string"}),
        _parameter("limit", "Entries on a page.", LIMIT),
    ]


def _following(view: ChangesEndpoint, lang: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        _parameter("cursor", "Where to go on; take it from `cursor` or `next`.", {"type": "string"}),
        _parameter("from", "Only the present `cursor`, to read the lists after.", {"type": "string", "enum": ["now"]}),
        _parameter("limit", "Changes on a page.", LIMIT),
        _parameter("type", "Only entries of this list.", {"type": "string", "enum": list(view.models)}),
        _parameter("region", "Only what this region owns, or owned until the change.", SLUG),
        lang,
    ]


def _paging(filterset: type[PublicFilterSet]) -> list[dict[str, Any]]:
    names = [ordering.name for ordering in filterset.orderings]
    return [
        _parameter("ordering", "Order of the list.", {"type": "string", "enum": names, "default": names[0]}),
        _parameter("cursor", "A place in the list; take it from `next` or `previous`.", {"type": "string"}),
        _parameter("limit", "Entries on a page.", LIMIT),
    ]
