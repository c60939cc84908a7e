from rest_framework import serializers

from portal.api.fields import LocalField
from portal.api.routes import routes
from portal.api.serializers import EntrySerializer, NameLinkSerializer
from portal.api.viewset import DetailEndpoint, ListEndpoint
from regions.filters import TopicFilterSet
from regions.models import Topic


class TopicSerializer(EntrySerializer):
    """A subject readers look for; two levels."""

    api_name = "api:topics-detail"

    name = LocalField()
    parent = NameLinkSerializer()
    position = serializers.IntegerField(read_only=True)


class TopicList(ListEndpoint):
    model = Topic
    serializer_class = TopicSerializer
    filterset_class = TopicFilterSet


class TopicDetail(DetailEndpoint):
    model = Topic
    serializer_class = TopicSerializer


urlpatterns = routes("topics", TopicList, TopicDetail)
