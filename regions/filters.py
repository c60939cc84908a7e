import re
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from portal.lists.facets import Facet
from portal.lists.filters import (
    ChoiceFilter,
    DayFilter,
    MayOverlapFilter,
    RelatedFilter,
    SlugFilter,
    StrictFilter,
    YearFilter,
    YesNoFilter,
)
from portal.lists.filterset import PublicFilterSet
from portal.lists.keyset import Ordering
from portal.lists.parameters import ParameterError
from portal.publishing.models import in_public_state
from portal.publishing.prepared import this_day
from regions.models import Event, Figure, Indicator, Organisation, Region, Source, Topic
from regions.region_directory import RegionDirectory

NEWEST = Ordering("-updated_at", gettext_lazy("最近更新"), ("-updated_at", "-pk"))
BY_NAME = Ordering("name", gettext_lazy("按名称"), ("name_key", "pk"))
BY_POSITION = Ordering("position", gettext_lazy("默认顺序"), ("position", "name_key", "pk"))
CODE = re.compile(r"[1-9][0-9]{5}", re.ASCII)


class RegionFilter(SlugFilter):
    """Rows that serve a region: its own, and those of a region above that apply below."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("region", targets=lambda: Region.objects.published(), **kwargs)

    def filter(self, rows: Any, value: str | None) -> Any:
        return rows if value is None else rows.in_region(value)


class CodeFilter(StrictFilter):
    """Regions that bore an administrative code on the day of the `on` parameter, or today."""

    def read(self, text: str) -> str:
        if not CODE.fullmatch(text):
            raise ValidationError(_("行政区划代码是六位数字，例如 500110。"))
        return text

    def filter(self, rows: Any, value: str | None) -> Any:
        if value is None:
            return rows
        return rows.with_code(value, self.parent.cleaned.get("on") or this_day())


class ContextDayFilter(DayFilter):
    """A day that another filter of the set reads; it keeps every row itself."""

    def filter(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return rows


class RegionalFilterSet(PublicFilterSet):
    """A list whose entries belong to regions."""

    region = RegionFilter(label=gettext_lazy("地区"))

    @cached_property
    def directory(self) -> RegionDirectory:
        return RegionDirectory()


def region_facet(owner: str = "region", applies: str = "applies_below") -> Facet:
    return Facet("region", owner, extra=applies)


def topic_facet(path: str = "topics") -> Facet:
    def public() -> Q:
        return in_public_state(path=f"{path}__")

    return Facet("topic", f"{path}__slug", f"{path}__name", f"{path}__name_en", only=public)


class FigureFilter(SlugFilter):
    """Rows related to a figure; a reader knows it by what it counts."""

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name, targets=lambda: Figure.objects.published().select_related("indicator"), **kwargs)

    def named(self, entry: Figure) -> Indicator:
        return entry.indicator


class HeldYearFilter(YearFilter):
    """Events that may lie in a year; one without an end lies where it begins."""

    def filter(self, rows: QuerySet[Any], value: int | None) -> QuerySet[Any]:
        if value is None:
            return rows
        new_year = date(value, 1, 1)
        may_go_on = Q(ends_until__gte=new_year) | Q(ends_until__isnull=True, starts_until__gte=new_year)
        return rows.filter(may_go_on, starts_from__lte=date(value, 12, 31))


class RegionFilterSet(PublicFilterSet):
    kind = ChoiceFilter(choices=Region.Kind.choices, label=gettext_lazy("类型"))
    parent = SlugFilter("parent", targets=lambda: Region.objects.published(), label=gettext_lazy("上级地区"))
    code = CodeFilter(label=gettext_lazy("行政区划代码"))
    on = ContextDayFilter(label=gettext_lazy("日期"))

    orderings = (BY_POSITION, BY_NAME, NEWEST)
    facets = (Facet("kind", "kind"),)

    def _check(self) -> None:
        super()._check()
        if "on" in self.values and "code" not in self.values:
            raise ParameterError("on", _("参数 on 要与 code 一起用，例如 ?code=500110&on=2009-12-31。"))


class TopicFilterSet(RegionalFilterSet):
    parent = SlugFilter("parent", targets=lambda: Topic.objects.published(), label=gettext_lazy("上级主题"))

    orderings = (Ordering("position", gettext_lazy("默认顺序"), ("position", "pk")), NEWEST)


class SourceFilterSet(RegionalFilterSet):
    kind = ChoiceFilter(choices=Source.Kind.choices, label=gettext_lazy("类型"))
    year = YearFilter("issued", label=gettext_lazy("年份"))

    orderings = (NEWEST,)
    facets = (region_facet(), Facet("kind", "kind"))


class OrganisationFilterSet(RegionalFilterSet):
    kind = ChoiceFilter(choices=Organisation.Kind.choices, label=gettext_lazy("类型"))
    topic = SlugFilter("topics", targets=lambda: Topic.objects.published(), label=gettext_lazy("主题"))
    tier = ChoiceFilter(choices=Organisation.Tier.choices, label=gettext_lazy("级别"))
    parent = SlugFilter("parent", targets=lambda: Organisation.objects.published(), label=gettext_lazy("上级或所在机构"))

    orderings = (BY_NAME, NEWEST)
    facets = (region_facet(), topic_facet(), Facet("kind", "kind"), Facet("tier", "tier"))


class IndicatorFilterSet(RegionalFilterSet):
    topic = SlugFilter("topic", targets=lambda: Topic.objects.published(), label=gettext_lazy("主题"))
    measure = ChoiceFilter(choices=Indicator.Measure.choices, label=gettext_lazy("统计方式"))

    orderings = (BY_POSITION, BY_NAME, NEWEST)
    facets = (topic_facet("topic"), Facet("measure", "measure"))


class FigureFilterSet(RegionalFilterSet):
    topic = SlugFilter("indicator__topic", targets=lambda: Topic.objects.published(), label=gettext_lazy("主题"))
    indicator = SlugFilter("indicator", targets=lambda: Indicator.objects.published(), label=gettext_lazy("指标"))
    kind = ChoiceFilter(choices=Figure.Kind.choices, label=gettext_lazy("性质"))
    stage = ChoiceFilter(choices=Figure.Stage.choices, label=gettext_lazy("阶段"))
    source = SlugFilter("source", targets=lambda: Source.objects.published(), label=gettext_lazy("来源"))
    part_of = FigureFilter("part_of", label=gettext_lazy("其中"))
    policy = RelatedFilter("policies", label=gettext_lazy("政策"))
    year = YearFilter("as_of", label=gettext_lazy("年份"))
    as_of__gte = MayOverlapFilter("as_of", "gte", label=gettext_lazy("不早于"))
    as_of__lte = MayOverlapFilter("as_of", "lte", label=gettext_lazy("不晚于"))

    orderings = (
        Ordering("position", gettext_lazy("默认顺序"), ("order_key", "-pk")),
        NEWEST,
    )
    facets = (region_facet(), topic_facet("indicator__topic"), Facet("kind", "kind"), Facet("stage", "stage"))


class PhotoFilterSet(RegionalFilterSet):
    source = SlugFilter("source", targets=lambda: Source.objects.published(), label=gettext_lazy("来源"))
    year = YearFilter("taken_on", label=gettext_lazy("年份"))

    orderings = (NEWEST,)
    facets = (region_facet(),)


class EventFilterSet(RegionalFilterSet):
    topic = SlugFilter("topics", targets=lambda: Topic.objects.published(), label=gettext_lazy("主题"))
    kind = ChoiceFilter(choices=Event.Kind.choices, label=gettext_lazy("类型"))
    organiser = SlugFilter(
        "organisers", targets=lambda: Organisation.objects.published(), label=pgettext_lazy("活动", "主办单位")
    )
    is_recurring = YesNoFilter(label=gettext_lazy("定期举办"))
    year = HeldYearFilter(label=gettext_lazy("年份"))
    starts__gte = MayOverlapFilter("starts", "gte", label=gettext_lazy("开始不早于"))
    starts__lte = MayOverlapFilter("starts", "lte", label=gettext_lazy("开始不晚于"))

    orderings = (Ordering("-date", gettext_lazy("最近举办"), ("-date_key", "-pk")), NEWEST, BY_NAME)
    facets = (region_facet(), topic_facet(), Facet("kind", "kind"), Facet("is_recurring", "recurring"))


class StoryFilterSet(RegionalFilterSet):
    topic = SlugFilter("topics", targets=lambda: Topic.objects.published(), label=gettext_lazy("主题"))
    source = SlugFilter("source", targets=lambda: Source.objects.published(), label=gettext_lazy("来源"))
    policy = RelatedFilter("policies", label=gettext_lazy("政策"))
    programme = RelatedFilter("programmes", label=gettext_lazy("人才计划"))

    orderings = (NEWEST,)
    facets = (region_facet(), topic_facet())
