from typing import Any

from rest_framework import serializers

from policies.filters import ServiceFilterSet
from policies.labels import service_page_labels, topic_labels
from policies.models import Service, ServiceMaterial, ServicePoint, ServiceStep
from portal.api.fields import AbsentChoiceField, AbsentField, DecimalTextField, LocalField
from portal.api.routes import routes
from portal.api.serializers import EntrySerializer, RegionLinkSerializer, public_or_none
from portal.api.viewset import DetailEndpoint, ListEndpoint
from regions.api.links import LinksField, PublicLinkField, PublicTitleLinkField
from regions.links import read_links


class CapacitySerializer(serializers.Serializer[Service]):
    """How much there is, and whether it is there yet: 200 flats under construction are not 200 flats to rent."""

    number = serializers.IntegerField(source="capacity_number", read_only=True)
    unit = LocalField(source="capacity_unit")
    stage = serializers.ChoiceField(choices=Service.Stage.choices, source="capacity_stage", read_only=True)


class TimeLimitSerializer(serializers.Serializer[Service]):
    """Days by law and days promised, in working or calendar days; null where not stated."""

    legal = serializers.IntegerField(source="legal_days", read_only=True, allow_null=True)
    promised = serializers.IntegerField(source="promised_days", read_only=True, allow_null=True)
    unit = AbsentChoiceField(Service.DayUnit.choices, source="day_unit")


class ServiceSerializer(EntrySerializer):
    api_name = "api:services-detail"

    name = LocalField()
    kind = serializers.ChoiceField(choices=Service.Kind.choices, read_only=True)
    provider = PublicLinkField()
    audience = serializers.ChoiceField(choices=Service.Audience.choices, read_only=True)
    topics = LinksField("topics")
    summary = LocalField()
    status = serializers.ChoiceField(choices=Service.Status.choices, read_only=True)
    capacity = serializers.SerializerMethodField()

    def get_capacity(self, service: Service) -> dict[str, Any] | None:
        return None if service.capacity_number is None else dict(CapacitySerializer(service, context=self.context).data)


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
    region = serializers.SerializerMethodField()
    window = LocalField()
    opening_hours = AbsentField()
    phones = AbsentField()
    latitude = DecimalTextField(allow_null=True)
    longitude = DecimalTextField(allow_null=True)
    accessibility = LocalField()
    last_verified_on = serializers.DateField(read_only=True, allow_null=True)

    def get_region(self, point: ServicePoint) -> dict[str, Any] | None:
        region = public_or_none(point.region)
        return None if region is None else dict(RegionLinkSerializer(region, context=self.context).data)


class ServiceDetailSerializer(ServiceSerializer):
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
    basis = LinksField("basis")
    benefits = LinksField("benefits")
    photos = LinksField("photos")
    source = PublicTitleLinkField()
    last_verified_on = serializers.DateField(read_only=True, allow_null=True)


class ServiceList(ListEndpoint):
    model = Service
    serializer_class = ServiceSerializer
    filterset_class = ServiceFilterSet

    def prepare(self, rows: list[Service]) -> None:
        links = read_links(topic_labels(Service, [service.pk for service in rows]))
        for service in rows:
            service.links = links[service.pk]  # type: ignore[attr-defined] -- read by LinksField


class ServiceDetail(DetailEndpoint):
    model = Service
    serializer_class = ServiceDetailSerializer

    def prepare(self, rows: list[Service]) -> None:
        links = read_links(*service_page_labels([service.pk for service in rows]))
        for service in rows:
            service.links = links[service.pk]  # type: ignore[attr-defined] -- read by LinksField
            service.loaded_points = list(service.points.select_related("region"))  # type: ignore[attr-defined] -- read by the serializer


urlpatterns = routes("services", ServiceList, ServiceDetail)
