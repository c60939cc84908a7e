from functools import partial
from typing import Any

from rest_framework import serializers

from portal.api.fields import AbsentLocalField, DecimalTextField, LocalField, LocalHtmlField
from portal.api.routes import routes
from portal.api.serializers import EntrySerializer, TitleLinkSerializer, links
from portal.api.viewset import DetailEndpoint, ListEndpoint
from portal.publishing.prepared import prepared
from regions.api.figures import AsOfSerializer
from regions.filters import StoryFilterSet
from regions.links import all_links, give_links, photo_links, topic_links, topics_of
from regions.models import Figure, Story
from regions.models.figure import QUALIFIERS


class StorySerializer(EntrySerializer):
    """Our own account of an article, which `source` names; numbers in its texts are those of the figures they name."""

    api_name = "api:stories-detail"

    headline = LocalField()
    kicker = AbsentLocalField()
    subhead = AbsentLocalField()
    author = AbsentLocalField()
    topics = links("topics")
    source = TitleLinkSerializer()  # type: ignore[assignment]  # -- Field.source is set on the instance only


class ToldFigureSerializer(serializers.Serializer[Figure]):
    """A figure that the text names, as it stands today."""

    slug = serializers.CharField(read_only=True)
    name = serializers.SerializerMethodField()
    value = DecimalTextField()
    unit = serializers.CharField(source="indicator.unit", read_only=True)
    qualifier = serializers.ChoiceField(choices=QUALIFIERS, read_only=True)
    as_of = AsOfSerializer(source="*", read_only=True)

    def get_name(self, figure: Figure) -> str:
        return str(figure.indicator.local("name", self.context["language"]))


class StoryDetailSerializer(StorySerializer):
    """A story with its text, the public figures it names, and its photos."""

    body_html = LocalHtmlField()
    figures = ToldFigureSerializer(source="told_figures", many=True, read_only=True)
    photos = links("photos")
    last_verified_on = serializers.DateField(read_only=True, allow_null=True)


def told_figures(story: Story) -> list[Figure]:
    """The public figures a story names, each once; the query that fills its texts, none where it names no figure."""
    found = (mention.public_figure for mention in story.mentions.values())
    return sorted({figure for figure in found if figure is not None}, key=lambda figure: str(figure.slug))


class StoryList(ListEndpoint):
    model = Story
    serializer_class = StorySerializer
    filterset_class = StoryFilterSet

    def prepare(self, rows: list[Story]) -> None:
        give_links(rows, partial(topics_of, Story))


class StoryDetail(DetailEndpoint):
    model = Story
    serializer_class = StoryDetailSerializer

    def prepare(self, rows: list[Story]) -> None:
        give_links(rows, _labels)
        for story in rows:
            story.told_figures = told_figures(story)  # type: ignore[attr-defined]  # -- read by the serializer


@prepared
def _labels(*, owners: Any) -> Any:
    return all_links(topic_links(Story, owners), photo_links(Story, owners))


urlpatterns = routes("stories", StoryList, StoryDetail)
