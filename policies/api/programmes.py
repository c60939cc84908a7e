from functools import partial

from rest_framework import serializers

from policies.filters import ProgrammeFilterSet
from policies.labels import programme_labels
from policies.models import Programme
from portal.api.fields import AbsentChoiceField, AbsentLocalField, LocalField, PartialDateField
from portal.api.routes import routes
from portal.api.serializers import EntrySerializer, NameLinkSerializer, TitleLinkSerializer, links
from portal.api.viewset import DetailEndpoint, ListEndpoint
from regions.api.attachments import attachments
from regions.links import give_links, topics_of
from regions.models import Organisation


class ProgrammeSerializer(EntrySerializer):
    """A named talent plan, title, team scheme or honour; what its source does not state is null."""

    api_name = "api:programmes-detail"

    name = LocalField()
    kind = serializers.ChoiceField(choices=Programme.Kind.choices, read_only=True)
    level = AbsentChoiceField(Organisation.Tier.choices)
    issuer = NameLinkSerializer()
    part_of = NameLinkSerializer()
    starts = PartialDateField()
    ends = PartialDateField()
    quota = serializers.IntegerField(read_only=True, allow_null=True)
    quota_text = AbsentLocalField()
    topics = links("topics")
    summary = LocalField()
    source = TitleLinkSerializer()  # type: ignore[assignment]  # -- Field.source is set on the instance only


class ProgrammeDetailSerializer(ProgrammeSerializer):
    """A programme with its parts, the policies it rests on, stories, figures and photos."""

    parts = links("parts")
    policies = links("policies")
    stories = links("stories")
    figures = links("figures")
    photos = links("photos")
    attachments = attachments()
    last_verified_on = serializers.DateField(read_only=True, allow_null=True)


class ProgrammeList(ListEndpoint):
    model = Programme
    serializer_class = ProgrammeSerializer
    filterset_class = ProgrammeFilterSet

    def prepare(self, rows: list[Programme]) -> None:
        give_links(rows, partial(topics_of, Programme))


class ProgrammeDetail(DetailEndpoint):
    model = Programme
    serializer_class = ProgrammeDetailSerializer

    def prepare(self, rows: list[Programme]) -> None:
        give_links(rows, programme_labels)


urlpatterns = routes("programmes", ProgrammeList, ProgrammeDetail)
