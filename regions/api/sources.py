from rest_framework import serializers

from portal.api.fields import AbsentField, LocalField, PartialDateField
from portal.api.routes import routes
from portal.api.serializers import EntrySerializer
from portal.api.viewset import DetailEndpoint, ListEndpoint
from regions.filters import SourceFilterSet
from regions.models import Source


class SourceSerializer(EntrySerializer):
    """Where facts were published: an article, a document, a bulletin, an office."""

    api_name = "api:sources-detail"

    title = LocalField()
    kind = serializers.ChoiceField(choices=Source.Kind.choices, read_only=True)
    outlet = LocalField()
    issued = PartialDateField()
    issued_note = LocalField()
    byline = serializers.CharField(read_only=True)
    photo_credit = serializers.CharField(read_only=True)
    original_url = AbsentField(source="url")
    locator = serializers.CharField(read_only=True)


class SourceList(ListEndpoint):
    model = Source
    serializer_class = SourceSerializer
    filterset_class = SourceFilterSet


class SourceDetail(DetailEndpoint):
    model = Source
    serializer_class = SourceSerializer


urlpatterns = routes("sources", SourceList, SourceDetail)
