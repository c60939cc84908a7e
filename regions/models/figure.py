from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.publishing.addresses import entry_address
from portal.publishing.models import (
    LIVE,
    AsciiKeyField,
    FoundBy,
    LocalText,
    Publishable,
    PublishableQuerySet,
    State,
    in_public_state,
)
from portal.publishing.models.json_text import JsonTextField
from portal.publishing.partial_date_field import PartialDateField, partial_date_constraints
from portal.publishing.timeline import Span, overlap
from portal.text.amounts import SIGNIFICANT_DIGITS, Qualifier
from regions.models.chain import leads_back
from regions.models.indicator import Indicator
from regions.models.organisation import Organisation
from regions.models.region import Region
from regions.models.source import Sourced

QUALIFIERS = [
    (Qualifier.EXACT.value, _("确数")),
    (Qualifier.AND_MORE.value, _("余（略多）")),
    (Qualifier.OVER.value, _("超过")),
    (Qualifier.NEARLY.value, _("近（略少）")),
    (Qualifier.ABOUT.value, _("约")),
    (Qualifier.AT_LEAST.value, _("以上（含）")),
    (Qualifier.AT_MOST.value, _("以下（含）")),
    (Qualifier.UNDER.value, _("不满")),
]


class FigureQuerySet(PublishableQuerySet):
    def published(self, at: datetime | None = None) -> Self:
        """A figure needs the name and unit of its indicator, so both must be public."""
        return self.filter(in_public_state(at), in_public_state(at, "indicator__"))

    def for_list(self) -> Self:
        return self.select_related(
            "region", "indicator", "indicator__topic", "source", "organisation", "rank_among", "part_of", "part_of__indicator"
        )

    def for_detail(self) -> Self:
        return self.for_list()


class Figure(Sourced, Publishable):
    """One number about one place at one time, with the words it was published in."""

    class Kind(models.TextChoices):
        ACTUAL = "actual", _("实际")
        TARGET = "target", _("目标")
        PLAN = "plan", pgettext_lazy("数据性质", "计划")
        ESTIMATE = "estimate", _("估计")

    class Stage(models.TextChoices):
        PLANNED = "planned", _("规划")
        UNDER_CONSTRUCTION = "under_construction", _("建设中")
        APPLIED = "applied", pgettext_lazy("阶段", "申请")
        APPROVED = "approved", _("获批")
        PAID_OUT = "paid_out", _("发放")

    class Basis(models.TextChoices):
        STATED = "stated", _("来源写明")
        PERIOD_END = "period_end", _("取期末")
        INFERRED = "inferred", _("推断")

    derived_columns: ClassVar[frozenset[str]] = frozenset({"order_key"})
    naming_columns: ClassVar[tuple[str, ...]] = ()
    title_columns: ClassVar[tuple[str, ...]] = ("indicator__name", "as_published")
    address_name = "regions:figure"
    found_by: ClassVar[FoundBy] = FoundBy(
        title=("as_published",),
        keys=("period_text",),
        body=("scope_note", "as_of_note", "discrepancy_note"),
        names=("indicator", "organisation"),
    )

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="figures", verbose_name=_("指标"), help_text=_("量的是什么，例如“人才总量”。")
    )
    value = models.DecimalField(
        _("数值"),
        max_digits=19,
        decimal_places=4,
        help_text=_("按基本单位填写的数，例如 16 万人填 160000，2.3 亿元填 230000000。"),
    )
    qualifier = models.CharField(
        _("限定"),
        max_length=10,
        choices=QUALIFIERS,
        default=Qualifier.EXACT.value,
        help_text=_("原文的“超过”“近”“余”，例如“超过16万人”选“超过”。"),
    )
    as_published = models.CharField(_("原文表述"), max_length=100, help_text=_("来源里的原话，例如“超过16万人”。"))
    kind = models.CharField(
        _("性质"),
        max_length=10,
        choices=Kind.choices,
        default=Kind.ACTUAL,
        help_text=_("已经做到的选“实际”，计划达到的选“目标”。"),
    )
    stage = models.CharField(
        _("阶段"),
        max_length=20,
        choices=Stage.choices,
        blank=True,
        help_text=_("钱和房子写明到了哪一步，例如贷款“申请”不等于“发放”。"),
    )
    as_of = PartialDateField(_("截至时间"), _("数据对应的时点，写成 2021、2021-H2、2021-Q3、2021-08 或 2021-08-05。"))
    as_of_basis = models.CharField(
        _("时点依据"),
        max_length=10,
        choices=Basis.choices,
        blank=True,
        help_text=_("来源写明了时点选“来源写明”，自己推断的选“推断”。"),
    )
    as_of_note = models.CharField(_("时点说明"), max_length=300, blank=True, help_text=_("时点是推断的时候写明理由。"))
    as_of_note_en = models.CharField(_("英文时点说明"), max_length=500, blank=True, help_text=_("时点说明的英文译文。"))
    period_from = models.DateField(_("期间起"), null=True, blank=True, help_text=_("期间数、累计数的起始日，例如 2019-01-01。"))
    period_until = models.DateField(_("期间止"), null=True, blank=True, help_text=_("期间数、累计数的截止日；不确定就留空。"))
    period_text = models.CharField(_("期间原文"), max_length=60, blank=True, help_text=_("来源里的说法，例如“近三年”。"))
    period_text_en = models.CharField(_("英文期间"), max_length=100, blank=True, help_text=_("例如 over the past three years。"))
    rank_among = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="ranks", verbose_name=_("排名范围"),
        help_text=_("位次在哪个片区内比较，例如“渝东南武陵山区城镇群”。"),
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="figures", verbose_name=_("所属机构"),
        help_text=_("数据只属于某个园区或单位时选它，例如“秀山物流园区”。"),
    )  # fmt: skip
    scope_note = models.CharField(
        _("口径说明"), max_length=300, blank=True, help_text=_("包含什么、不含什么，例如“来源未说明是否含万盛”。")
    )
    scope_note_en = models.CharField(_("英文口径说明"), max_length=500, blank=True, help_text=_("口径说明的英文译文。"))
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("其中"),
        help_text=_("是哪个数据的一部分，例如“其中 219 人”属于“670 人”。"),
    )  # fmt: skip
    discrepancy_note = models.CharField(
        _("矛盾说明"), max_length=500, blank=True, help_text=_("来源自相矛盾时告诉读者，例如分项之和不等于总数。")
    )
    discrepancy_note_en = models.CharField(_("英文矛盾说明"), max_length=800, blank=True, help_text=_("矛盾说明的英文译文。"))
    is_key = models.BooleanField(_("重点数据"), default=False, help_text=_("显示在首页和地区页顶部的数据，每个地区两三个即可。"))

    order_key = AsciiKeyField(max_length=210)
    """The indicator's `order_key`, so that an index holds the order of the list."""
    answered = JsonTextField(default=dict, blank=True, editable=False)
    """Findings of the self-audit that the public note answers: key of the finding → digest of the note."""

    objects = FigureQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("数据")
        verbose_name_plural = _("数据")
        constraints = [
            *Publishable.Meta.constraints,
            *partial_date_constraints("as_of"),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED)
                | (Q(as_of_from__isnull=False) & ~Q(as_of_basis="") & Q(source__isnull=False)),
                name="figure_published_has_date_and_source",
                violation_error_message=_("发布数据必须写明截至时间、时点依据和来源。"),
            ),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True) | Q(period_until__isnull=True) | Q(period_from__lte=F("period_until")),
                name="figure_period_dates",
                violation_error_message=_("期间止不能早于期间起。"),
            ),
            models.CheckConstraint(
                condition=~Q(as_of_basis="inferred") | ~Q(as_of_note=""),
                name="figure_inferred_has_note",
                violation_error_message=_("时点是推断的，请写明推断的理由。"),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "order_key", "-id"], name="figure_by_position", condition=LIVE),
            models.Index(fields=["state", "-updated_at", "-id"], name="figure_newest", condition=LIVE),
            models.Index(fields=["state", "-as_of_until", "-id"], name="figure_by_date", condition=LIVE),
            models.Index(fields=["region", "indicator", "as_of_until"], name="figure_by_place"),
        ]

    def __str__(self) -> str:
        """Costs a query for the indicator unless loaded."""
        return f"{self.indicator.name} {self.as_published}"

    def called(self, language: str) -> LocalText:
        """The indicator and the words of the source; no query where the indicator is loaded."""
        name = self.indicator.local("name", language)
        return LocalText(
            f"{name}: {self.as_published}" if name.language == "en" else f"{name}：{self.as_published}", name.language
        )

    def is_published(self, at: datetime | None = None) -> bool:
        """As `published` asks: the indicator must be public too. No query once that is loaded."""
        return super().is_published(at) and self.indicator.is_published(at)

    def public_spans(self, at: datetime) -> list[Span]:
        return overlap(super().public_spans(at), Publishable.public_spans(self.indicator, at))

    def get_absolute_url(self) -> str:
        return entry_address(self.address_name, self.slug)

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.state == State.PUBLISHED and self._is_rank_of_nobody():
            errors["rank_among"] = _("位次必须写明在哪个范围内比较，例如“渝东南武陵山区城镇群”。")
        if self.indicator_id and self.indicator.unit == "%" and self.value is not None and not 0 <= self.value <= Decimal(100):
            errors["value"] = _("占比应在 0 到 100 之间。")
        if self.value is not None and len(self.value.normalize().as_tuple().digits) > SIGNIFICANT_DIGITS:
            errors["value"] = _("数值最多 15 位有效数字。")
        if self.part_of_id and leads_back(self, "part_of"):
            errors["part_of"] = _("“其中”的关系绕成了圈：一个数据不能是自己的一部分。")
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.order_key = self.indicator.order_key
        super().save(*args, **kwargs)

    def _is_rank_of_nobody(self) -> bool:
        return bool(self.indicator_id) and self.indicator.measure == Indicator.Measure.RANK and self.rank_among_id is None
