"""Pages of one topic, source, organisation, figure or photo: what it is, and everything that uses it."""

from typing import Any

from django.utils import timezone

from policies.models import Policy, Service
from portal.pages.branches import SHORT, Links
from portal.pages.figure_links import read_figures
from portal.pages.related import figure_links, organisation_links, photo_links, source_links, topic_links
from portal.pages.short_links import ShortLink, read_shorts
from portal.publishing.models import PublishableQuerySet
from portal.publishing.prepared import Slot, prepared
from portal.web.detail_page import DetailPage
from portal.web.templatetags.texts import page_language, public
from regions.charts.parts import parts_chart
from regions.figures_beside import figures_beside
from regions.models import Figure, Organisation, Photo, Source, Topic

MOST = 60


def _shorts(links: Links) -> dict[str, list[ShortLink]]:
    return {kind: read_shorts(links[kind], page_language()) for kind in SHORT}


class TopicPage(DetailPage):
    """Five queries: version, topic, links, policies, services."""

    template_name = "pages/topic.html"

    @classmethod
    def rows(cls) -> PublishableQuerySet:
        return Topic.objects.for_list()

    def context(self, entry: Any) -> dict[str, Any]:
        links, counts = topic_links(entry)
        figures = read_figures(links["figures"])
        named = {figure.link.link.name for figure in figures}
        links["indicators"] = [link for link in links["indicators"] if link.link.name not in named]
        return {
            "links": links,
            "counts": counts,
            **_shorts(links),
            "figures": figures[:MOST],
            "policies": _policies(topic=entry.pk),
            "services": _services(topic=entry.pk),
            "judged_on": timezone.localdate(),
        }


@prepared
def _policies(*, topic: Slot) -> Any:
    return Policy.objects.published().filter(topics=topic).for_list().order_by("-date_key", "-pk")[:MOST]


@prepared
def _services(*, topic: Slot) -> Any:
    rows = Service.objects.published().filter(topics=topic).for_list().select_related("source")
    return rows.order_by("name_key", "pk")[:MOST]


class SourcePage(DetailPage):
    """Three queries: version, source, what rests on it."""

    template_name = "pages/source.html"

    @classmethod
    def rows(cls) -> PublishableQuerySet:
        return Source.objects.for_detail()

    def context(self, entry: Any) -> dict[str, Any]:
        links = source_links(entry)
        return {"links": links, "figure_links": read_figures(links["figures"]), **_shorts(links)}


class OrganisationPage(DetailPage):
    """Four queries: version, organisation, links, figures."""

    template_name = "pages/organisation.html"

    @classmethod
    def rows(cls) -> PublishableQuerySet:
        return Organisation.objects.for_detail().select_related("parent", "branch_of", "source")

    def context(self, entry: Any) -> dict[str, Any]:
        links = organisation_links(entry)
        return {
            "links": links,
            **_shorts(links),
            "figures": figures_beside("organisation", owner=entry.pk)[:MOST],
            "has_facts": any(
                (links["topics"], public(entry.parent), public(entry.branch_of), entry.recognised_on, entry.valid_to)
            ),
        }


class FigurePage(DetailPage):
    """Four queries: version, figure, its parts, links."""

    template_name = "pages/figure.html"

    @classmethod
    def rows(cls) -> PublishableQuerySet:
        return Figure.objects.for_detail().select_related("part_of__region")

    def context(self, entry: Any) -> dict[str, Any]:
        links = figure_links(entry)
        found = figures_beside("part_of", owner=entry.pk)[:MOST]
        whole = public(entry.part_of)
        drawn = (entry, found) if found else (whole, [entry])
        chart = parts_chart(*drawn) if drawn[0] and len(found) < MOST else None  # of more parts the sum is not known here
        return {"links": links, "others": read_figures(links["figures"]), "parts": found, "chart": chart, **_shorts(links)}


class PhotoPage(DetailPage):
    """Three queries: version, photo, where it is used."""

    template_name = "pages/photo.html"

    @classmethod
    def rows(cls) -> PublishableQuerySet:
        return Photo.objects.for_detail()

    def context(self, entry: Any) -> dict[str, Any]:
        return {"users": [link for links in photo_links(entry).values() for link in links]}
