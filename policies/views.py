from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from policies.filters import BenefitFilterSet, PolicyFilterSet, ProgrammeFilterSet, ServiceFilterSet
from policies.header import policy_header
from policies.models import Benefit, Policy, Programme, Service
from policies.related import policy_links, programme_links, service_links
from policies.service_guide import service_guide
from portal.lists.filters import read_day
from portal.lists.filterset import PublicFilterSet
from portal.lists.keyset import KeysetPage
from portal.publishing.models import PublishableQuerySet
from portal.publishing.prepared import prepared
from portal.web.detail_page import DetailPage
from portal.web.sentences import unstated
from portal.web.templatetags.texts import public
from regions.figures_beside import figures_beside
from regions.models import share_mentions
from regions.photos_of import photos_of
from regions.views import RegionalListPage


class PolicyList(RegionalListPage):
    template_name = "policies/policy_list.html"
    filterset_class = PolicyFilterSet

    @classmethod
    def rows(cls) -> QuerySet[Any]:
        return Policy.objects.published().for_list()

    def context(self, filterset: PublicFilterSet, page: KeysetPage) -> dict[str, Any]:
        return {"judged_on": self._judged_on()}

    def _judged_on(self) -> date:
        """The day validity is shown for; a malformed `on` is refused by the filters, with its reason."""
        try:
            return read_day(self.request.GET.get("on", "").strip())
        except ValidationError:
            return timezone.localdate()


class ServiceList(RegionalListPage):
    template_name = "policies/service_list.html"
    filterset_class = ServiceFilterSet

    @classmethod
    def rows(cls) -> QuerySet[Any]:
        return Service.objects.published().for_list().select_related("source")


class ProgrammeList(RegionalListPage):
    template_name = "policies/programme_list.html"
    filterset_class = ProgrammeFilterSet

    @classmethod
    def rows(cls) -> QuerySet[Any]:
        return Programme.objects.published().for_list()


class BenefitList(RegionalListPage):
    """Everything that can be obtained, by region, audience and kind: the page somebody reads before moving."""

    template_name = "policies/benefit_list.html"
    filterset_class = BenefitFilterSet

    @classmethod
    def rows(cls) -> QuerySet[Any]:
        return Benefit.objects.published().for_list()

    def context(self, filterset: PublicFilterSet, page: KeysetPage) -> dict[str, Any]:
        return {"judged_on": timezone.localdate()}


class PolicyPage(DetailPage):
    """Seven queries: version, policy, links, clauses, benefits, pictures, figures."""

    template_name = "policies/policy.html"

    @classmethod
    def rows(cls) -> PublishableQuerySet:
        return Policy.objects.for_detail()

    def context(self, entry: Any) -> dict[str, Any]:
        links = policy_links(entry)
        return {
            "links": links,
            "header": policy_header(entry, links),
            "judged_on": timezone.localdate(),
            "clauses": list(entry.clauses.all()),
            "benefits": list(entry.benefits.select_related("clause", "service")),
            "photo_uses": photos_of(entry),
            "figures": figures_beside("policies", owner=entry.pk),
        }


class ServicePage(DetailPage):
    """Seven queries: version, service, links, materials, steps, points, pictures."""

    template_name = "policies/service.html"

    @classmethod
    def rows(cls) -> PublishableQuerySet:
        return Service.objects.for_detail()

    def context(self, entry: Any) -> dict[str, Any]:
        links = service_links(entry)
        points = list(entry.points.select_related("region"))
        materials, steps = list(entry.materials.all()), list(entry.steps.all())
        parts = {_("申请材料"): bool(materials), _("办理流程"): bool(steps), _("依据"): bool(links["basis"])}
        return {
            "links": links,
            "guide": service_guide(entry, points, parts),
            "points": points,
            "materials": materials,
            "steps": steps,
            "photo_uses": photos_of(entry),
        }


class ProgrammePage(DetailPage):
    """Six queries: version, programme, links, parts, figures, pictures; one more where a text names figures."""

    template_name = "policies/programme.html"

    @classmethod
    def rows(cls) -> PublishableQuerySet:
        return Programme.objects.for_detail()

    def context(self, entry: Any) -> dict[str, Any]:
        links = programme_links(entry)
        parts = _parts(whole=entry.pk)
        share_mentions([entry, *parts])
        known = (
            (public(entry.issuer), _("设立或评选单位")),
            (entry.starts or entry.ends, _("起止时间")),
            (entry.quota or entry.quota_text, _("名额")),
        )
        return {
            "links": links,
            "missing": unstated(known),
            "parts": parts,
            "figures": figures_beside("programmes", owner=entry.pk),
            "photo_uses": photos_of(entry),
        }


@prepared
def _parts(*, whole: Any) -> Any:
    return Programme.objects.published().filter(part_of=whole).for_list().order_by("name_key", "pk")
