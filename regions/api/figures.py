from typing import Any

from rest_framework import serializers

from portal.api.fields import AbsentChoiceField, AbsentLocalField, DecimalTextField, LocalField
from portal.api.routes import routes
from portal.api.serializers import (
    EntrySerializer,
    NameLinkSerializer,
    OptionalSerializer,
    PublicLinkSerializer,
    RegionLinkSerializer,
    TitleLinkSerializer,
)
from portal.api.viewset import DetailEndpoint, ListEndpoint
from regions.api.indicators import IndicatorLinkSerializer
from regions.filters import FigureFilterSet
from regions.models import Figure
from regions.models.figure import QUALIFIERS


class AsOfSerializer(serializers.Serializer[Figure]):
    """The moment a figure is of, how exactly it is known, and how it is known."""

    value = serializers.CharField(source="as_of", read_only=True)
    precision = serializers.CharField(source="as_of_precision", read_only=True)
    basis = serializers.ChoiceField(choices=Figure.Basis.choices, source="as_of_basis", read_only=True)
    note = LocalField(source="as_of_note")


class PeriodSerializer(OptionalSerializer):
    """The stretch of time a figure covers. `from` and `until` are days or null; `text` is the source's own phrase."""

    text = LocalField(source="period_text")

    def get_fields(self) -> dict[str, Any]:
        days = {
            name: serializers.DateField(source=f"period_{name}", read_only=True, allow_null=True) for name in ("from", "until")
        }
        return {**days, **super().get_fields()}

    def is_absent(self, instance: Figure) -> bool:
        return not (instance.period_from or instance.period_until or instance.period_text)


class PartOfSerializer(PublicLinkSerializer):
    """The figure this one is a part of, by its indicator's name."""

    reads = (
        *PublicLinkSerializer.reads,
        *(f"indicator__{column}" for column in (*PublicLinkSerializer.reads, "name", "name_en")),
    )

    name = serializers.SerializerMethodField()

    def get_name(self, figure: Figure) -> str:
        return str(figure.indicator.local("name", self.context["language"]))


class FigureSerializer(EntrySerializer):
    """One number about one place at one time, with its hedge, unit, date and source; `value` is in the base unit, money in yuan."""

    api_name = "api:figures-detail"

    indicator = IndicatorLinkSerializer(read_only=True)
    value = DecimalTextField()
    unit = serializers.CharField(source="indicator.unit", read_only=True)
    qualifier = serializers.ChoiceField(choices=QUALIFIERS, read_only=True)
    as_published = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(choices=Figure.Kind.choices, read_only=True)
    stage = AbsentChoiceField(Figure.Stage.choices)
    as_of = AsOfSerializer(source="*", read_only=True)
    period = PeriodSerializer(source="*")
    rank_among = RegionLinkSerializer()
    organisation = NameLinkSerializer()
    scope_note = AbsentLocalField()
    part_of = PartOfSerializer()
    discrepancy_note = AbsentLocalField()
    source = TitleLinkSerializer()  # type: ignore[assignment]  # -- Field.source is set on the instance only


class FigureList(ListEndpoint):
    model = Figure
    serializer_class = FigureSerializer
    filterset_class = FigureFilterSet


class FigureDetail(DetailEndpoint):
    model = Figure
    serializer_class = FigureSerializer


urlpatterns = routes("figures", FigureList, FigureDetail)
