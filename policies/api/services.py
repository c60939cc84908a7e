from functools import partial

from rest_framework import serializers

from policies.filters import ServiceFilterSet
from policies.labels import service_labels_of_record
from policies.models import Service, ServiceMaterial, ServicePoint, ServiceStep
from portal.api.fields import AbsentChoiceField, AbsentField, DecimalTextField, LocalField
from portal.api.routes import routes
from portal.api.serializers import (
    EntrySerializer,
    NameLinkSerializer,
    OptionalSerializer,
    RegionLinkSerializer,
    TitleLinkSerializer,
    links,
)
from portal.api.viewset import DetailEndpoint, ListEndpoint
from regions.api.attachments import attachments
from regions.links import give_links, topics_of


class CapacitySerializer(OptionalSerializer):
    """How much there is, and whether it is there yet: 200 flats under construction are not 200 flats to rent."""

    number = serializers.IntegerField(source="capacity_number", read_only=True)
    unit = LocalField(source="capacity_unit")
    stage = serializers.ChoiceField(choices=Service.Stage.choices, source="capacity_stage", read_only=True)

    def is_absent(self, instance: Service) -> bool:
        return instance.capacity_number is None


class TimeLimitSerializer(serializers.Serializer[Service]):
    """Days by law and days promised, in working or calendar days; null where not stated."""

    legal = serializers.IntegerField(source="legal_days", read_only=True, allow_null=True)
    promised = serializers.IntegerField(source="promised_days", read_only=True, allow_null=True)
    unit = AbsentChoiceField(Service.DayUnit.choices, source="day_unit")


class ServiceSerializer(EntrySerializer):
    """Something an office does for talented people, and whether it can be had yet."""

    api_name = "api:services-detail"

    name = LocalField()
    kind = serializers.ChoiceField(choices=Service.Kind.choices, read_only=True)
    provider = NameLinkSerializer()
    audience = serializers.ChoiceField(choices=Service.Audience.choices, read_only=True)
    topics = links("topics")
    summary = LocalField()
    status = serializers.ChoiceField(choices=Service.Status.choices, read_only=True)
    capacity = CapacitySerializer(source="*")


class MaterialSerializer(serializers.Serializer[ServiceMaterial]):
    name = LocalField()
    necessity = serializers.ChoiceField(choices=ServiceMaterial.Necessity.choices, read_only=True)
    copies = serializers.IntegerField(read_only=True)
    form = serializers.ChoiceField(choices=ServiceMaterial.Form.choices, read_only=True)
    obtainable_by_sharing = serializers.BooleanField(read_only=True)


class StepSerializer(serializers.Serializer[ServiceStep]):
    name = LocalField()
    limit = LocalField()


class PointSerializer(serializers.Serializer[ServicePoint]):
    """A window or office; coordinates are WGS-84 degrees as text."""

    uuid = serializers.UUIDField(source="uid", read_only=True)
    name = LocalField()
    address = LocalField()
    region = RegionLinkSerializer()
    window = LocalField()
    opening_hours = AbsentField()
    phones = AbsentField()
    latitude = DecimalTextField(allow_null=True)
    longitude = DecimalTextField(allow_null=True)
    accessibility = LocalField()
    last_verified_on = serializers.DateField(read_only=True, allow_null=True)


class ServiceDetailSerializer(ServiceSerializer):
    """A service with what to bring, how long it takes, what it costs and where to go."""

    conditions = LocalField()
    time_limit = TimeLimitSerializer(source="*", read_only=True)
    onsite_visits = serializers.IntegerField(read_only=True, allow_null=True)
    fee = serializers.ChoiceField(choices=Service.Fee.choices, read_only=True)
    fee_text = LocalField()
    modes = LocalField()
    online_url = AbsentField()
    result_name = LocalField()
    result_validity = LocalField()
    consult = LocalField()
    complaint = LocalField()
    materials = MaterialSerializer(source="materials.all", many=True, read_only=True)
    steps = StepSerializer(source="steps.all", many=True, read_only=True)
    points = PointSerializer(source="loaded_points", many=True, read_only=True)
    basis = links("basis")
    benefits = links("benefits")
    photos = links("photos")
    attachments = attachments()
    source = TitleLinkSerializer()  # type: ignore[assignment]  # -- Field.source is set on the instance only
    last_verified_on = serializers.DateField(read_only=True, allow_null=True)


class ServiceList(ListEndpoint):
    model = Service
    serializer_class = ServiceSerializer
    filterset_class = ServiceFilterSet

    def prepare(self, rows: list[Service]) -> None:
        give_links(rows, partial(topics_of, Service))


class ServiceDetail(DetailEndpoint):
    model = Service
    serializer_class = ServiceDetailSerializer

    def prepare(self, rows: list[Service]) -> None:
        give_links(rows, service_labels_of_record)
        for service in rows:
            service.loaded_points = list(service.points.select_related("region"))  # type: ignore[attr-defined]  # -- read by the serializer


urlpatterns = routes("services", ServiceList, ServiceDetail)
