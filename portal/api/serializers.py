from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import serializers

from portal.api.fields import LocalField, MomentField, PageField
from portal.lists.parameters import ParameterError, unknown_parameter
from portal.web.addresses import absolute


class LinkSerializer(serializers.Serializer[Any]):
    """A related entry as partners know it: slug and name, never a primary key."""

    slug = serializers.CharField(read_only=True)
    name = LocalField()


class TitleLinkSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField(read_only=True)
    title = LocalField()


class RegionLinkSerializer(serializers.Serializer[Any]):
    """A region by its short name in Chinese and its name in English."""

    slug = serializers.CharField(read_only=True)
    name = serializers.SerializerMethodField()

    def get_name(self, region: Any) -> str:
        return region.name_en if self.context["language"] == "en" else region.short_name


class LocalLinkSerializer(serializers.Serializer[Any]):
    """A related entry read as plain values: slug, name, name_en."""

    slug = serializers.CharField(read_only=True)
    name = serializers.SerializerMethodField()

    def get_name(self, link: Any) -> str:
        return (link.name_en if self.context["language"] == "en" else "") or link.name


class EntrySerializer(serializers.Serializer[Any]):
    """What every record has; a subclass adds its own fields and names its API address in `api_name`."""

    api_name: str

    uuid = serializers.UUIDField(read_only=True)
    slug = serializers.CharField(read_only=True)
    url = PageField()
    api_url = serializers.SerializerMethodField()
    region = RegionLinkSerializer(read_only=True)
    applies_below = serializers.BooleanField(read_only=True)
    updated_at = MomentField()
    version = serializers.IntegerField(read_only=True)

    def get_api_url(self, entry: Any) -> str:
        return absolute(reverse(self.api_name, args=[entry.slug]))

    @classmethod
    def narrowed(cls, names: str, **kwargs: Any) -> "EntrySerializer":
        """A serializer of the named fields only (comma-separated; all for ""); ParameterError for an unknown one."""
        serializer = cls(**kwargs)
        if names:
            keep_only(getattr(serializer, "child", serializer).fields, names.split(","))
        return serializer


def public_or_none(entry: Any) -> Any:
    """A related entry only if readers may see it; the row is in hand, no query."""
    return entry if entry is not None and entry.is_published() else None


def keep_only(fields: Any, names: Iterable[str]) -> None:
    wanted = {name.strip() for name in names}
    for name in sorted(wanted - set(fields)):
        hint = unknown_parameter(name, fields).hint
        raise ParameterError("fields", _("参数 fields 里的 %(name)s 不是这个接口的字段。") % {"name": name[:40]}, hint)
    for name in set(fields) - wanted:
        fields.pop(name)
