from typing import Any

from rest_framework import serializers

from portal.api.fields import LocalField, LocalHtmlField
from portal.api.routes import routes
from portal.api.serializers import (
    EntrySerializer,
    NameLinkSerializer,
    OwnerSerializer,
    RegionLinkSerializer,
    TitleLinkSerializer,
    links,
)
from portal.api.viewset import DetailEndpoint, ListEndpoint
from portal.publishing.prepared import prepared
from regions.filters import RegionFilterSet
from regions.links import all_links, give_links, photo_links
from regions.models import Region, RegionIdentity, RegionMembership
from regions.models.region_identity import OPEN_END


class RegionSerializer(EntrySerializer):
    """A region owns itself, so `region` is its own slug and short name."""

    api_name = "api:regions-detail"
    reads = ("copy_of",)

    kind = serializers.ChoiceField(choices=Region.Kind.choices, read_only=True)
    name = LocalField()
    short_name = serializers.CharField(read_only=True)
    name_en = serializers.CharField(read_only=True)
    pinyin = serializers.CharField(read_only=True)
    parent = RegionLinkSerializer()


class IdentitySerializer(serializers.Serializer[RegionIdentity]):
    """A code and name in a period of days; `valid_until` null: still in use."""

    code = serializers.CharField(read_only=True)
    full_name = LocalField()
    valid_from = serializers.DateField(read_only=True)
    valid_until = serializers.SerializerMethodField()
    authority = LocalField()

    def get_valid_until(self, identity: RegionIdentity) -> str | None:
        return None if identity.valid_until == OPEN_END else identity.valid_until.isoformat()


class MembershipSerializer(serializers.Serializer[RegionMembership]):
    """A group or region this one belongs to."""

    kind = serializers.ChoiceField(choices=RegionMembership.Kind.choices, read_only=True)
    group = OwnerSerializer()
    valid_from = serializers.DateField(read_only=True, allow_null=True)
    valid_until = serializers.DateField(read_only=True, allow_null=True)


class RegionDetailSerializer(RegionSerializer):
    """A region with the codes and names it has borne and the groups it belongs to."""

    summary = LocalField()
    summary_html = LocalHtmlField()
    talent_office = NameLinkSerializer()
    source = TitleLinkSerializer()  # type: ignore[assignment]  # -- Field.source is set on the instance only
    identities = IdentitySerializer(source="identities.all", many=True, read_only=True)
    memberships = MembershipSerializer(source="public_memberships", many=True, read_only=True)
    photos = links("photos")


class RegionList(ListEndpoint):
    model = Region
    serializer_class = RegionSerializer
    filterset_class = RegionFilterSet


class RegionDetail(DetailEndpoint):
    model = Region
    serializer_class = RegionDetailSerializer

    def prepare(self, rows: list[Region]) -> None:
        give_links(rows, _photos)
        for region in rows:
            region.public_memberships = list(  # type: ignore[attr-defined]  # -- read by the serializer
                region.memberships.filter(Region.objects.published().linked_from("group")).select_related("group")
            )


@prepared
def _photos(*, owners: Any) -> Any:
    return all_links(photo_links(Region, owners))


urlpatterns = routes("regions", RegionList, RegionDetail)
