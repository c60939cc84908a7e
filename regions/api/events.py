from typing import Any

from rest_framework import serializers

from portal.api.fields import AbsentLocalField, LocalField, PartialDateField
from portal.api.routes import routes
from portal.api.serializers import EntrySerializer, TitleLinkSerializer, links
from portal.api.viewset import DetailEndpoint, ListEndpoint
from portal.publishing.prepared import prepared
from regions.event_labels import event_labels
from regions.filters import EventFilterSet
from regions.links import all_links, figure_links, give_links, many_links, photo_links, topic_links
from regions.models import Event, Organisation


class EventSerializer(EntrySerializer):
    """A forum, course, competition, meeting or visit; `starts` and `ends` are as exact as the source."""

    api_name = "api:events-detail"

    name = LocalField()
    kind = serializers.ChoiceField(choices=Event.Kind.choices, read_only=True)
    starts = PartialDateField()
    ends = PartialDateField()
    is_recurring = serializers.BooleanField(read_only=True)
    recurrence = AbsentLocalField()
    place = AbsentLocalField()
    organisers = links("organisers")
    topics = links("topics")
    summary = LocalField()
    source = TitleLinkSerializer()  # type: ignore[assignment]  # -- Field.source is set on the instance only


class EventDetailSerializer(EventSerializer):
    """An event with its figures and photos."""

    figures = links("figures")
    photos = links("photos")
    last_verified_on = serializers.DateField(read_only=True, allow_null=True)


class EventList(ListEndpoint):
    model = Event
    serializer_class = EventSerializer
    filterset_class = EventFilterSet

    def prepare(self, rows: list[Event]) -> None:
        give_links(rows, event_labels)


class EventDetail(DetailEndpoint):
    model = Event
    serializer_class = EventDetailSerializer

    def prepare(self, rows: list[Event]) -> None:
        give_links(rows, _labels)


@prepared
def _labels(*, owners: Any) -> Any:
    organisers = many_links("organisers", Event, owners, Organisation.objects.published())
    return all_links(topic_links(Event, owners), organisers, figure_links(Event, owners), photo_links(Event, owners))


urlpatterns = routes("events", EventList, EventDetail)
