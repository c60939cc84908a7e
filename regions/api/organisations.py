from functools import partial

from rest_framework import serializers

from portal.api.fields import AbsentChoiceField, LocalField, PartialDateField
from portal.api.routes import routes
from portal.api.serializers import EntrySerializer, NameLinkSerializer, TitleLinkSerializer, links
from portal.api.viewset import DetailEndpoint, ListEndpoint
from regions.filters import OrganisationFilterSet
from regions.links import give_links, topics_of
from regions.models import Organisation


class OrganisationSerializer(EntrySerializer):
    """A body that issues, provides or hosts."""

    api_name = "api:organisations-detail"

    name = LocalField()
    short_name = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(choices=Organisation.Kind.choices, read_only=True)
    tier = AbsentChoiceField(Organisation.Tier.choices)
    branch_of = NameLinkSerializer()
    parent = NameLinkSerializer()
    recognised_on = PartialDateField()
    topics = links("topics")
    valid_to = serializers.DateField(read_only=True, allow_null=True)
    summary = LocalField()
    source = TitleLinkSerializer()  # type: ignore[assignment]  # -- Field.source is set on the instance only


class WithTopics:
    """Mixin of both endpoints."""

    def prepare(self, rows: list[Organisation]) -> None:
        give_links(rows, partial(topics_of, Organisation))


class OrganisationList(WithTopics, ListEndpoint):
    model = Organisation
    serializer_class = OrganisationSerializer
    filterset_class = OrganisationFilterSet


class OrganisationDetail(WithTopics, DetailEndpoint):
    model = Organisation
    serializer_class = OrganisationSerializer


urlpatterns = routes("organisations", OrganisationList, OrganisationDetail)
