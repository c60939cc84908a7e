from typing import Any, NamedTuple

from django.urls import reverse
from rest_framework import serializers

from portal.api.fields import LocalField, PartialDateField
from portal.api.routes import routes
from portal.api.serializers import EntrySerializer, TitleLinkSerializer
from portal.api.viewset import DetailEndpoint, ListEndpoint
from portal.media.renditions import CONTENT_TYPES, rendition_name
from portal.web.addresses import absolute
from regions.filters import PhotoFilterSet
from regions.models import Photo


class Rendition(NamedTuple):
    url: str
    width: int
    height: int
    type: str


class RenditionSerializer(serializers.Serializer[Any]):
    """One file of a photo; its address answers while the photo is public."""

    url = serializers.URLField(read_only=True)
    width = serializers.IntegerField(read_only=True)
    height = serializers.IntegerField(read_only=True)
    type = serializers.CharField(read_only=True)


class PhotoSerializer(EntrySerializer):
    """A picture with its words. `is_illustration`: drawn, not photographed."""

    api_name = "api:photos-detail"

    caption = LocalField()
    alt = LocalField()
    credit = LocalField()
    taken_on = PartialDateField()
    place = LocalField()
    is_illustration = serializers.BooleanField(read_only=True)
    width = serializers.IntegerField(read_only=True)
    height = serializers.IntegerField(read_only=True)
    sha256 = serializers.CharField(read_only=True)
    focal_x = serializers.IntegerField(read_only=True)
    focal_y = serializers.IntegerField(read_only=True)
    renditions = RenditionSerializer(many=True, read_only=True)
    source = TitleLinkSerializer()  # type: ignore[assignment]  # -- Field.source is set on the instance only


def renditions(photo: Photo) -> list[Rendition]:
    return [
        Rendition(
            absolute(reverse("media", args=[rendition_name(photo.sha256, width, extension)])),
            width,
            max(1, round(photo.height * width / photo.width)),
            content_type,
        )
        for width in photo.widths
        for extension, content_type in CONTENT_TYPES.items()
    ]


class WithRenditions:
    """Mixin of both endpoints."""

    def prepare(self, rows: list[Photo]) -> None:
        for photo in rows:
            photo.renditions = renditions(photo)  # type: ignore[attr-defined]  # -- read by the serializer


class PhotoList(WithRenditions, ListEndpoint):
    model = Photo
    serializer_class = PhotoSerializer
    filterset_class = PhotoFilterSet


class PhotoDetail(WithRenditions, DetailEndpoint):
    model = Photo
    serializer_class = PhotoSerializer


urlpatterns = routes("photos", PhotoList, PhotoDetail)
