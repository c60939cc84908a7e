from collections.abc import Iterable
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from rest_framework import serializers

from portal.api.fields import LocalField, MomentField, PageField
from portal.lists.parameters import ParameterError, unknown_parameter
from portal.publishing.addresses import entry_address
from portal.web.addresses import absolute


class OptionalSerializer(serializers.Serializer[Any]):
    """A nested record that is null when there is nothing to say.

    `reads`, here and in every serializer of a list: the columns its methods read besides those of its fields.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"read_only": True, "allow_null": True} | kwargs)

    def is_absent(self, instance: Any) -> bool:
        raise NotImplementedError

    def to_representation(self, instance: Any) -> Any:
        return None if self.is_absent(instance) else super().to_representation(instance)


class PublicLinkSerializer(OptionalSerializer):
    """A related entry as partners know it, by slug and never by primary key; null when readers may not see it.

    The row is in hand, so this costs no query.
    """

    reads: ClassVar[tuple[str, ...]] = ("state", "copy_of", "visible_from", "visible_until")

    slug = serializers.CharField(read_only=True)

    def is_absent(self, instance: Any) -> bool:
        return not instance.is_published()


class NameLinkSerializer(PublicLinkSerializer):
    name = LocalField()


class TitleLinkSerializer(PublicLinkSerializer):
    title = LocalField()


class RegionLinkSerializer(PublicLinkSerializer):
    """A region by its short name in Chinese and its name in English."""

    reads = (*PublicLinkSerializer.reads, "short_name", "name_en")

    name = serializers.SerializerMethodField()

    def get_name(self, region: Any) -> str:
        return region.name_en if self.context["language"] == "en" else region.short_name


class OwnerSerializer(RegionLinkSerializer):
    """The region an entry belongs to; always said."""

    reads = ("short_name", "name_en")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"allow_null": False} | kwargs)

    def is_absent(self, instance: Any) -> bool:
        return False


class LinkSerializer(serializers.Serializer[Any]):
    """A related entry read beforehand as a Link."""

    slug = serializers.CharField(read_only=True)
    name = serializers.SerializerMethodField()

    def get_name(self, link: Any) -> str:
        return str(link.local("name", self.context["language"]))


def links(kind: str) -> LinkSerializer:
    """The related entries of one kind, from `entry.links`, which the endpoint fills before."""
    return LinkSerializer(many=True, read_only=True, source=f"links.{kind}")


class EntrySerializer(serializers.Serializer[Any]):
    """What every record has; a subclass adds its own fields and names its API address in `api_name`."""

    api_name: str

    uuid = serializers.UUIDField(read_only=True)
    slug = serializers.CharField(read_only=True)
    url = PageField()
    api_url = serializers.SerializerMethodField()
    region = OwnerSerializer()
    applies_below = serializers.BooleanField(read_only=True)
    updated_at = MomentField()
    version = serializers.IntegerField(read_only=True)

    def get_api_url(self, entry: Any) -> str:
        return absolute(entry_address(self.api_name, entry.slug))

    @classmethod
    def narrowed(cls, names: str, **kwargs: Any) -> "EntrySerializer":
        """A serializer of the named fields only (comma-separated; all for ""); ParameterError for an unknown one."""
        serializer = cls(**kwargs)
        if names:
            keep_only(getattr(serializer, "child", serializer).fields, names.split(","))
        return serializer


def keep_only(fields: Any, names: Iterable[str]) -> None:
    wanted = {name.strip() for name in names}
    for name in sorted(wanted - set(fields)):
        hint = unknown_parameter(name, fields).hint
        raise ParameterError("fields", _("参数 fields 里的 %(name)s 不是这个接口的字段。") % {"name": name[:40]}, hint)
    for name in set(fields) - wanted:
        fields.pop(name)
