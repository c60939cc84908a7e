from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from policies.models import Benefit, Policy, Programme, Service
from policies.models.validity import Validity, in_force_on, validity_expression
from portal.lists.facets import Facet
from portal.lists.filters import ChoiceFilter, DayFilter, MayOverlapFilter, MomentFilter, SlugFilter, YearFilter
from portal.lists.keyset import Ordering
from portal.lists.words import WordsFilter
from portal.publishing.prepared import this_day
from regions.filters import BY_NAME, NEWEST, RegionalFilterSet, region_facet, topic_facet
from regions.models import Organisation, Topic


class ValidityFilter(ChoiceFilter):
    """Policies of a validity on the day of `on`, or today."""

    def filter(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return rows
        on = self.parent.cleaned.get("on") or this_day()
        return rows.annotate(validity_asked=validity_expression(on)).filter(validity_asked=value)


class InForceFilter(DayFilter):
    """Alone: the policies known to be in force on a day. With `validity`: the day that is judged for."""

    def filter(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if value is None or self.parent.cleaned.get("validity"):
            return rows
        return rows.filter(in_force_on(value))


class RunningYearFilter(YearFilter):
    """Programmes that may run in a year: an end that is not known is open; one without any date is not found."""

    def filter(self, rows: QuerySet[Any], value: int | None) -> QuerySet[Any]:
        if value is None:
            return rows
        may_have_begun = Q(starts_from__lte=date(value, 12, 31)) | Q(starts_from__isnull=True, ends_from__isnull=False)
        may_go_on = Q(ends_until__gte=date(value, 1, 1)) | Q(ends_until__isnull=True)
        return rows.filter(may_have_begun, may_go_on)


class PolicyFilterSet(RegionalFilterSet):
    topic = SlugFilter("topics", targets=lambda: Topic.objects.published(), label=gettext_lazy("主题"))
    kind = ChoiceFilter(choices=Policy.Kind.choices, label=gettext_lazy("类型"))
    issuer = SlugFilter("issuers", targets=lambda: Organisation.objects.published(), label=gettext_lazy("发布机构"))
    programme = SlugFilter("programmes", targets=lambda: Programme.objects.published(), label=gettext_lazy("人才计划"))
    validity = ValidityFilter(choices=Validity.choices, label=gettext_lazy("有效性"))
    on = InForceFilter(label=gettext_lazy("某日有效"))
    year = YearFilter("published_on", label=gettext_lazy("发布年份"))
    published_on__gte = MayOverlapFilter("published_on", "gte", label=gettext_lazy("发布不早于"))
    published_on__lte = MayOverlapFilter("published_on", "lte", label=gettext_lazy("发布不晚于"))
    signed_on__gte = MayOverlapFilter("signed_on", "gte", label=gettext_lazy("成文不早于"))
    signed_on__lte = MayOverlapFilter("signed_on", "lte", label=gettext_lazy("成文不晚于"))

    orderings = (
        Ordering("-date", gettext_lazy("最新发布"), ("-date_key", "-pk")),
        NEWEST,
        Ordering("title", gettext_lazy("按标题"), ("title_key", "pk")),
    )
    facets = (region_facet(), topic_facet(), Facet("kind", "kind"), Facet("validity", "validity_then"))

    def base(self) -> QuerySet[Any]:
        return super().base().with_validity(self.cleaned.get("on") or this_day())  # type: ignore[attr-defined]


class BenefitFilterSet(RegionalFilterSet):
    q = WordsFilter("policy", kind="policies.policy")
    topic = SlugFilter("policy__topics", targets=lambda: Topic.objects.published(), label=gettext_lazy("主题"))
    kind = ChoiceFilter(choices=Benefit.Kind.choices, label=gettext_lazy("类型"))
    audience = ChoiceFilter("beneficiary", choices=Benefit.Beneficiary.choices, label=gettext_lazy("给谁"))
    mode = ChoiceFilter(choices=Benefit.Mode.choices, label=gettext_lazy("取得方式"))
    policy = SlugFilter("policy", targets=lambda: Policy.objects.published(), label=gettext_lazy("政策"))
    updated_at__gte = MomentFilter("policy__updated_at", lookup_expr="gte", label=gettext_lazy("此后更新"))
    updated_at__lte = MomentFilter("policy__updated_at", lookup_expr="lte", label=gettext_lazy("此前更新"))

    orderings = (Ordering("-updated_at", gettext_lazy("最近更新"), ("-policy__updated_at", "-pk")),)
    facets = (
        region_facet("policy__region", "policy__applies_below"),
        Facet("audience", "beneficiary"),
        Facet("kind", "kind"),
        Facet("mode", "mode"),
    )


class ServiceFilterSet(RegionalFilterSet):
    topic = SlugFilter("topics", targets=lambda: Topic.objects.published(), label=gettext_lazy("主题"))
    kind = ChoiceFilter(choices=Service.Kind.choices, label=gettext_lazy("类型"))
    audience = ChoiceFilter("audience", choices=Service.Audience.choices, label=gettext_lazy("服务对象"))
    status = ChoiceFilter(choices=Service.Status.choices, label=gettext_lazy("服务状态"))
    provider = SlugFilter("provider", targets=lambda: Organisation.objects.published(), label=gettext_lazy("提供单位"))

    orderings = (NEWEST, BY_NAME)
    facets = (region_facet(), topic_facet(), Facet("kind", "kind"), Facet("audience", "audience"), Facet("status", "status"))


class ProgrammeFilterSet(RegionalFilterSet):
    topic = SlugFilter("topics", targets=lambda: Topic.objects.published(), label=gettext_lazy("主题"))
    kind = ChoiceFilter(choices=Programme.Kind.choices, label=gettext_lazy("类型"))
    level = ChoiceFilter(choices=Organisation.Tier.choices, label=gettext_lazy("级别"))
    issuer = SlugFilter("issuer", targets=lambda: Organisation.objects.published(), label=gettext_lazy("设立或评选单位"))
    part_of = SlugFilter("part_of", targets=lambda: Programme.objects.published(), label=gettext_lazy("属于"))
    policy = SlugFilter("policies", targets=lambda: Policy.objects.published(), label=gettext_lazy("政策"))
    year = RunningYearFilter(label=gettext_lazy("年份"))

    orderings = (BY_NAME, NEWEST)
    facets = (region_facet(), topic_facet(), Facet("kind", "kind"), Facet("level", "level"))
