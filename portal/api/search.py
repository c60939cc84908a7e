"""Search over entries of all types: best first, with the words marked where they stand."""

from typing import Any

from django.urls import URLPattern, path, reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.api.serializers import OwnerSerializer
from portal.api.viewset import LICENCE, check_language, read_limit, refuse_empty
from portal.lists.parameters import clean_query
from portal.lists.search_question import SearchQuestion, Vocabulary
from portal.publishing.found_entries import FoundEntry, read_found
from portal.web.addresses import absolute

SHAPING = ("lang", "limit")


class FoundSerializer(serializers.Serializer[FoundEntry]):
    """An entry that was found. `title_html` and `snippet_html` are escaped, with `<mark>` around the words; `url` leads to where they stand.

    `validity` is that of a policy today, null for other types.
    """

    type = serializers.SerializerMethodField()
    uuid = serializers.UUIDField(source="entry.uuid", read_only=True)
    slug = serializers.CharField(source="entry.slug", read_only=True)
    url = serializers.SerializerMethodField()
    api_url = serializers.SerializerMethodField()
    region = OwnerSerializer(source="entry.region")
    title = serializers.CharField(source="called", read_only=True)
    title_html = serializers.CharField(source="title", read_only=True)
    snippet_html = serializers.CharField(source="snippet", read_only=True)
    validity = serializers.SerializerMethodField()

    def get_type(self, found: FoundEntry) -> str:
        vocabulary: Vocabulary = self.context["vocabulary"]
        return vocabulary.plural_of(found.kind)

    def get_url(self, found: FoundEntry) -> str:
        return absolute(found.address)

    def get_api_url(self, found: FoundEntry) -> str:
        return absolute(reverse(f"api:{self.get_type(found)}-detail", args=[found.entry.slug]))

    def get_validity(self, found: FoundEntry) -> str | None:
        return str(found.entry.validity()) if hasattr(found.entry, "validity") else None


class SearchEndpoint(APIView):
    """`{"results", "next", "previous", "count", "corrected", "synonyms"}`. Seven to about thirty queries, whatever the number of entries."""

    http_method_names = ["get", "head", "options"]
    serializer_class = FoundSerializer
    vocabulary = Vocabulary({}, ())

    def get(self, request: Request) -> Response:
        query = request._request.GET
        question = SearchQuestion.read(query, self.vocabulary, others=SHAPING)
        refuse_empty(query)
        shaping = {name: value for name in SHAPING if (value := query.get(name, "").strip())}
        check_language(shaping.get("lang", ""))
        limit = read_limit(shaping.get("limit", ""))
        found = question.find(limit, with_cells=False)
        language = str(request._request.LANGUAGE_CODE)
        context = {"language": language, "vocabulary": self.vocabulary}
        entries: Any = read_found(found.hits, found.marks, language)
        given = question.values | shaping
        return Response(
            {
                "results": FoundSerializer(instance=entries, many=True, context=context).data,
                "next": _address(request.path, given, question.next(found, limit)),
                "previous": _address(request.path, given, question.previous(limit)),
                "count": None if found.is_capped else found.total,
                "corrected": found.corrected or None,
                "synonyms": {word: list(others) for word, others in found.synonyms.items()},
            },
            headers={"Link": f'<{LICENCE}>; rel="license", <{absolute(reverse("api-reference"))}>; rel="describedby"'},
        )


def search_route(vocabulary: Vocabulary) -> URLPattern:
    return path("search/", SearchEndpoint.as_view(vocabulary=vocabulary), name="search")


def _address(path_: str, values: dict[str, str], token: str) -> str | None:
    return absolute(f"{path_}?{clean_query(values, cursor=token)}") if token else None
