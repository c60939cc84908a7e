from typing import Any

from policies.models import Policy, Programme
from portal.publishing.models import PublishableQuerySet
from portal.publishing.prepared import prepared
from portal.web.detail_page import DetailPage
from regions.links import all_links, many_links_back, read_links, topic_links
from regions.models import Story
from regions.page_links import page_links
from regions.photos_of import photos_of

ADDRESSES = {"topics": "regions:topic", "policies": "policies:detail", "programmes": "policies:programme"}


class StoryPage(DetailPage):
    """Four queries: version, story, links, pictures; one more where its text names figures."""

    template_name = "regions/story.html"

    @classmethod
    def rows(cls) -> PublishableQuerySet:
        return Story.objects.for_detail()

    def context(self, entry: Any) -> dict[str, Any]:
        links = page_links(read_links(_labels(owners=[entry.pk]))[entry.pk], ADDRESSES)
        return {"links": links, "photo_uses": photos_of(entry)}


@prepared
def _labels(*, owners: Any) -> Any:
    return all_links(
        topic_links(Story, owners),
        many_links_back("policies", Policy, "stories", owners, Policy.objects.published(), name="title"),
        many_links_back("programmes", Programme, "stories", owners, Programme.objects.published()),
    )
