from typing import Any

from rest_framework import serializers

from portal.api.fields import AbsentChoiceField, DecimalTextField, LocalField
from portal.api.routes import routes
from portal.api.serializers import EntrySerializer, RegionLinkSerializer, public_or_none
from portal.api.viewset import DetailEndpoint, ListEndpoint
from regions.api.indicators import IndicatorLinkSerializer
from regions.api.links import PublicLinkField, PublicTitleLinkField
from regions.filters import FigureFilterSet
from regions.models import Figure
from regions.models.figure import QUALIFIERS


class AsOfSerializer(serializers.Serializer[Figure]):
    """The moment a figure is of, how exactly it is known, and how it is known."""

    value = serializers.CharField(source="as_of", read_only=True)
    precision = serializers.CharField(source="as_of_precision", read_only=True)
    basis = serializers.ChoiceField(choices=Figure.Basis.choices, source="as_of_basis", read_only=True)
    note = LocalField(source="as_of_note")


class PeriodSerializer(serializers.Serializer[Figure]):
    """The stretch of time a figure covers. `from` and `until` are days or null; `text` is the source's own phrase."""

    text = LocalField(source="period_text")

    def get_fields(self) -> dict[str, Any]:
        days = {name: serializers.DateField(source=f"period_{name}", read_only=True, allow_null=True) for name in ("from", "until")}
        return {**days, **super().get_fields()}


class PartOfSerializer(serializers.Serializer[Figure]):
    """The figure this one is a part of, by its indicator's name."""

    slug = serializers.CharField(read_only=True)
    name = serializers.SerializerMethodField()

    def get_name(self, figure: Figure) -> str:
        return str(figure.indicator.local("name", self.context["language"]))


class FigureSerializer(EntrySerializer):
    api_name = "api:figures-detail"

    indicator = IndicatorLinkSerializer(read_only=True)
    value = DecimalTextField()
    unit = serializers.CharField(source="indicator.unit", read_only=True)
    qualifier = serializers.ChoiceField(choices=QUALIFIERS, read_only=True)
    as_published = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(choices=Figure.Kind.choices, read_only=True)
    stage = AbsentChoiceField(Figure.Stage.choices)
    as_of = AsOfSerializer(source="*", read_only=True)
    period = serializers.SerializerMethodField()
    rank_among = serializers.SerializerMethodField()
    organisation = PublicLinkField()
    scope_note = serializers.SerializerMethodField()
    part_of = serializers.SerializerMethodField()
    discrepancy_note = serializers.SerializerMethodField()
    source = PublicTitleLinkField()

    def get_period(self, figure: Figure) -> dict[str, Any] | None:
        if not (figure.period_from or figure.period_until or figure.period_text):
            return None
        return dict(PeriodSerializer(figure, context=self.context).data)

    def get_rank_among(self, figure: Figure) -> dict[str, Any] | None:
        group = public_or_none(figure.rank_among)
        return None if group is None else dict(RegionLinkSerializer(group, context=self.context).data)

    def get_part_of(self, figure: Figure) -> dict[str, Any] | None:
        whole = public_or_none(figure.part_of)
        if whole is None or public_or_none(whole.indicator) is None:
            return None
        return dict(PartOfSerializer(whole, context=self.context).data)

    def get_scope_note(self, figure: Figure) -> str | None:
        return str(figure.local("scope_note", self.context["language"])) or None

    def get_discrepancy_note(self, figure: Figure) -> str | None:
        return str(figure.local("discrepancy_note", self.context["language"])) or None


class FigureList(ListEndpoint):
    model = Figure
    serializer_class = FigureSerializer
    filterset_class = FigureFilterSet


class FigureDetail(DetailEndpoint):
    model = Figure
    serializer_class = FigureSerializer


urlpatterns = routes("figures", FigureList, FigureDetail)
