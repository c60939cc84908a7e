from rest_framework import serializers

from portal.api.fields import AbsentField, LocalField
from portal.api.routes import routes
from portal.api.serializers import EntrySerializer, NameLinkSerializer
from portal.api.viewset import DetailEndpoint, ListEndpoint
from regions.filters import IndicatorFilterSet
from regions.models import Indicator


class IndicatorSerializer(EntrySerializer):
    """An indicator's public name is its `code`, which stands where other records have `slug`."""

    api_name = "api:indicators-detail"
    reads = ("slug",)

    slug = None  # type: ignore[assignment]  # -- DRF's way to drop an inherited field
    code = serializers.CharField(read_only=True)
    name = LocalField()
    definition = LocalField()
    unit = serializers.CharField(read_only=True)
    measure = serializers.ChoiceField(choices=Indicator.Measure.choices, read_only=True)
    comparable_group = AbsentField()
    topic = NameLinkSerializer()


class IndicatorLinkSerializer(serializers.Serializer[Indicator]):
    """What a figure says of its indicator."""

    reads = ("slug",)

    code = serializers.CharField(read_only=True)
    name = LocalField()
    unit = serializers.CharField(read_only=True)
    measure = serializers.ChoiceField(choices=Indicator.Measure.choices, read_only=True)


class IndicatorList(ListEndpoint):
    model = Indicator
    serializer_class = IndicatorSerializer
    filterset_class = IndicatorFilterSet


class IndicatorDetail(DetailEndpoint):
    model = Indicator
    serializer_class = IndicatorSerializer


urlpatterns = routes("indicators", IndicatorList, IndicatorDetail)
