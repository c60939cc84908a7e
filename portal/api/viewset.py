from typing import Any, ClassVar

from django.conf import settings
from django.http import Http404, HttpResponsePermanentRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.api.problems import GoneError
from portal.api.records import record_columns, record_reader
from portal.api.serializers import EntrySerializer
from portal.lists.facets import facet_counts
from portal.lists.filterset import PublicFilterSet
from portal.lists.keyset import KeysetPage
from portal.lists.parameters import ParameterError, clean_query, read_parameters
from portal.publishing.lookup import Found, find_public
from portal.web.addresses import absolute
from portal.web.freshness import content_version_of

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
DEFAULT_LIMIT, LARGEST_LIMIT = 50, 200
SHAPING = ("fields", "lang")


class PublicAPIView(APIView):
    """A read-only endpoint. `lang` and `fields` shape the answer; any parameter the endpoint does not know is refused."""

    http_method_names = ["get", "head", "options"]
    model: ClassVar[type[Any]]
    serializer_class: ClassVar[type[EntrySerializer]]

    def prepare(self, rows: list[Any]) -> None:
        """Load what the records list beside their own columns, for all rows at once."""

    def language(self, values: dict[str, str]) -> str:
        check_language(values.get("lang", ""))
        return str(self.request.LANGUAGE_CODE)


class ListEndpoint(PublicAPIView):
    """`{"results", "next", "previous", "count"}`; the page's own FilterSet. Two to four queries.

    Rows hold the columns of their records only, and records are read without the serializer: see `portal.api.records`.
    """

    filterset_class: ClassVar[type[PublicFilterSet]]

    @classmethod
    def rows(cls) -> Any:
        return cls.model.objects.published()

    def get(self, request: Request) -> Response:
        query = request._request.GET
        filterset = self.filterset_class.read(query, self.rows, others=("limit", *SHAPING))
        refuse_empty(query)
        shaping = {name: query.get(name, "").strip() for name in ("limit", *SHAPING)}
        limit = read_limit(shaping["limit"])
        count = facet_counts(filterset, (), content_version_of(request._request)).total
        language = self.language(shaping)
        record = record_reader(self.serializer_class, language, shaping["fields"])
        if count:
            page = filterset.page(limit, record_columns(self.serializer_class, self.model))
        else:
            filterset.check_names()
            page = KeysetPage([], None, None)
        self.prepare(page.rows)
        results = [record(row) for row in page.rows]
        address = _Address(request.path, filterset, shaping)
        body = {"results": results, "next": address.of(page.next), "previous": address.of(page.previous), "count": count}
        return Response(
            body, headers={"Link": f'<{LICENCE}>; rel="license", <{absolute(reverse("api-reference"))}>; rel="describedby"'}
        )


class DetailEndpoint(PublicAPIView):
    """One record; an old slug answers 301, a withdrawn one 410 with the public reason."""

    def find(self, slug: str) -> Found:
        return find_public(self.model.objects.for_detail, slug)

    def get(self, request: Request, slug: str) -> Any:
        values = read_parameters(request._request.GET, SHAPING)
        found = self.find(slug)
        if found.entry is not None:
            self.prepare([found.entry])
            context = {"language": self.language(values)}
            serializer = self.serializer_class.narrowed(values.get("fields", ""), instance=found.entry, context=context)
            return Response(serializer.data)
        if found.moved_to is not None:
            address = reverse(self.serializer_class.api_name, args=[found.moved_to.slug])
            return HttpResponsePermanentRedirect(f"{address}?{clean_query(values)}" if values else address)
        if found.gone:
            raise GoneError(found.gone)
        raise Http404


class _Address:
    """The address of a neighbouring page of the same list."""

    def __init__(self, path: str, filterset: PublicFilterSet, shaping: dict[str, str]) -> None:
        given = {name: value for name, value in shaping.items() if value}
        is_default = filterset.ordering is filterset.orderings[0]
        self.values = filterset.values | given | ({} if is_default else {"ordering": filterset.ordering.name})
        self.path = path

    def of(self, token: str | None) -> str | None:
        return absolute(f"{self.path}?{clean_query(self.values, cursor=token)}") if token else None


def check_language(asked: str) -> None:
    if asked and asked not in dict(settings.LANGUAGES):
        names = _("、").join(dict(settings.LANGUAGES))
        raise ParameterError("lang", _("语言 lang 只能是：%(names)s。") % {"names": names})


def refuse_empty(query: QueryDict) -> None:
    """A program that sends an empty value has lost the one it meant; the whole list would be the wrong answer."""
    for name, value in query.items():
        if not str(value).strip():
            raise ParameterError(name, _("参数 %(name)s 没有值；不筛选就不要写它。") % {"name": name})


def read_limit(text: str) -> int:
    if not text:
        return DEFAULT_LIMIT
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= LARGEST_LIMIT:
        raise ParameterError("limit", _("参数 limit 是 1 到 %(largest)s 之间的整数。") % {"largest": LARGEST_LIMIT})
    return int(text)
