from typing import Any

from rest_framework import serializers

from policies.filters import BenefitFilterSet
from policies.models import Benefit
from portal.api.fields import AbsentChoiceField, AbsentField, DecimalTextField, LocalField, MomentField, PageField
from portal.api.routes import routes
from portal.api.serializers import EntrySerializer, NameLinkSerializer, OwnerSerializer, TitleLinkSerializer
from portal.api.viewset import DetailEndpoint, ListEndpoint
from portal.publishing.addresses import entry_address
from portal.publishing.lookup import Found
from portal.web.addresses import absolute


class WindowSerializer(serializers.Serializer[Benefit]):
    """The days on which applications are taken; null where the source names none."""

    def get_fields(self) -> dict[str, Any]:
        return {
            name: serializers.DateField(source=f"window_{name}", read_only=True, allow_null=True) for name in ("from", "until")
        }


class StackingSerializer(serializers.Serializer[Benefit]):
    group = AbsentField(source="stacking_group")
    rule = AbsentChoiceField(Benefit.Stacking.choices, source="stacking_rule")


class BenefitItemSerializer(serializers.Serializer[Benefit]):
    """A benefit as its policy lists it."""

    uuid = serializers.UUIDField(source="uid", read_only=True)
    slug = serializers.CharField(read_only=True)
    url = PageField()
    api_url = serializers.SerializerMethodField()
    name = LocalField()
    kind = serializers.ChoiceField(choices=Benefit.Kind.choices, read_only=True)
    beneficiary = serializers.ChoiceField(choices=Benefit.Beneficiary.choices, read_only=True)
    amount_min = DecimalTextField(allow_null=True)
    amount_max = DecimalTextField(allow_null=True)
    formula_text = LocalField()
    frequency = AbsentChoiceField(Benefit.Frequency.choices)
    mode = AbsentChoiceField(Benefit.Mode.choices)
    quota = serializers.IntegerField(read_only=True, allow_null=True)
    closes_when_exhausted = serializers.BooleanField(read_only=True)
    window = WindowSerializer(source="*", read_only=True)
    conditions = LocalField()
    stacking = StackingSerializer(source="*", read_only=True)
    service = NameLinkSerializer()

    def get_api_url(self, benefit: Benefit) -> str:
        return BenefitSerializer.address(benefit)


class BenefitSerializer(BenefitItemSerializer, EntrySerializer):
    """A benefit on its own: owner, version and time of change are its policy's."""

    api_name = "api:benefits-detail"
    reads = ("policy__slug",)

    region = OwnerSerializer(source="policy.region")
    applies_below = serializers.BooleanField(source="policy.applies_below", read_only=True)
    policy = TitleLinkSerializer()
    updated_at = MomentField(source="policy.updated_at")
    version = serializers.IntegerField(source="policy.version", read_only=True)

    @classmethod
    def address(cls, benefit: Benefit) -> str:
        return absolute(entry_address(cls.api_name, benefit.slug))


class BenefitList(ListEndpoint):
    model = Benefit
    serializer_class = BenefitSerializer
    filterset_class = BenefitFilterSet


class BenefitDetail(DetailEndpoint):
    """A benefit is found while its policy is public; it has no past addresses of its own."""

    model = Benefit
    serializer_class = BenefitSerializer

    def find(self, slug: str) -> Found:
        return Found(entry=Benefit.objects.published().for_detail().filter(slug=slug).order_by("pk").first())


urlpatterns = routes("benefits", BenefitList, BenefitDetail)
