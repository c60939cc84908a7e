from typing import Any

from rest_framework import serializers

from portal.web.addresses import absolute
from regions.attachment_links import AttachmentLink


class AttachmentSerializer(serializers.Serializer[Any]):
    """A document to download, in `size` bytes; its address answers while the entry is public."""

    uuid = serializers.UUIDField(read_only=True)
    title = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()
    type = serializers.CharField(read_only=True)
    size = serializers.IntegerField(read_only=True)
    sha256 = serializers.CharField(read_only=True)

    def to_representation(self, instance: Any) -> Any:
        return super().to_representation(AttachmentLink.from_link(instance))

    def get_title(self, attachment: AttachmentLink) -> str:
        return str(attachment.local("title", self.context["language"]))

    def get_url(self, attachment: AttachmentLink) -> str:
        return absolute(attachment.url)


def attachments() -> AttachmentSerializer:
    """The attachments of an entry, from `entry.links`, which the endpoint fills with `attachment_links` before."""
    return AttachmentSerializer(many=True, read_only=True, source="links.attachments")
