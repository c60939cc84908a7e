from typing import Any

from rest_framework import serializers

from portal.api.serializers import LinkSerializer, TitleLinkSerializer, public_or_none


class PublicLinkField(serializers.Field):
    """`{"slug", "name"}` of a related entry, or null when there is none that readers may see."""

    link_class: type[serializers.Serializer[Any]] = LinkSerializer

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Any) -> Any:
        entry = public_or_none(value)
        return None if entry is None else self.link_class(entry, context=self.context).data


class PublicTitleLinkField(PublicLinkField):
    """The same as `{"slug", "title"}`."""

    link_class = TitleLinkSerializer


class LinksField(serializers.Field):
    """A list of `{"slug", "name"}` that the endpoint read beforehand into `entry.links[kind]`."""

    def __init__(self, kind: str, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(read_only=True, source="*", **kwargs)

    def to_representation(self, entry: Any) -> list[dict[str, str]]:
        language = self.context["language"]
        return [{"slug": link.slug, "name": link.local("name", language)} for link in entry.links.get(self.kind, [])]
