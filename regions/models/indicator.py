from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.publishing.addresses import entry_address
from portal.publishing.models import LIVE, AsciiKeyField, FoundBy, Publishable, State
from portal.text.pinyin import sort_key
from regions.models.topic import Topic
from regions.models.used import PublicWhenUsed, UsedQuerySet

LONGEST_POSITION = 10
"""Digits of the largest number the column holds."""


class IndicatorQuerySet(UsedQuerySet):
    def for_list(self) -> Self:
        return self.select_related("region", "topic")

    def for_detail(self) -> Self:
        return self.for_list()


class Indicator(PublicWhenUsed, Publishable):
    """What a figure measures. Its public code is its slug."""

    class Measure(models.TextChoices):
        STOCK = "stock", _("存量")
        FLOW = "flow", _("期间数")
        CUMULATIVE = "cumulative", _("累计数")
        MEAN = "mean", _("平均数")
        SHARE = "share", _("占比")
        RANK = "rank", _("位次")

    reviewed_once: ClassVar[bool] = True
    address_name = "regions:indicator"
    found_by: ClassVar[FoundBy] = FoundBy(
        title=("name",), keys=("name_en",), body=("definition",), topics="topic", gives_name=True
    )

    name = models.CharField(_("名称"), max_length=100, help_text=_("指标名称，例如“人才总量”。"))
    name_en = models.CharField(_("英文名称"), max_length=200, help_text=_("例如 Total talent pool。"))
    definition = models.TextField(
        _("定义"), max_length=1000, help_text=_("算什么、不算什么，例如“统计时点在该地区的各类人才人数”。")
    )
    definition_en = models.TextField(_("英文定义"), max_length=2000, blank=True, help_text=_("定义的英文译文。"))
    unit = models.CharField(
        pgettext_lazy("计量", "单位"), max_length=12, help_text=_("基本单位，例如“人”或“元”；金额一律用“元”。")
    )
    measure = models.CharField(_("统计方式"), max_length=10, choices=Measure.choices, help_text=_("例如“存量”表示某一时点的数。"))
    comparable_group = models.SlugField(
        _("可比组"), blank=True, help_text=_("只有同组的数据才能放在一起比较，例如 loans-applied 与 loans-paid 不同组。")
    )
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="indicators", verbose_name=_("主题"),
        help_text=_("归在哪个主题下展示，例如“人才队伍”。"),
    )  # fmt: skip
    position = models.PositiveIntegerField(_("顺序"), default=0, help_text=_("数字小的排在前面，例如 1。"))
    name_key = AsciiKeyField()

    objects = IndicatorQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("指标")
        verbose_name_plural = _("指标")
        ordering = ["position", "name_key", "pk"]
        indexes = [
            models.Index(fields=["state", "position", "name_key", "id"], name="indicator_by_position", condition=LIVE),
            models.Index(fields=["state", "name_key", "id"], name="indicator_by_name", condition=LIVE),
            models.Index(fields=["state", "-updated_at", "-id"], name="indicator_newest", condition=LIVE),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return entry_address(self.address_name, self.slug)

    def shown_with(self) -> list[Any]:
        return [self.figures.for_list().filter(state=State.PUBLISHED, copy_of=None)]

    @property
    def code(self) -> str:
        return self.slug

    @property
    def order_key(self) -> str:
        """Position and name as one text, by which its figures are listed."""
        return f"{self.position:0{LONGEST_POSITION}d}{self.name_key}"

    def settle(self) -> None:
        """Its figures, drafts among them, keep their place in the lists: one statement."""
        super().settle()
        figures: Any = type(self)._meta.get_field("figures").related_model
        figures._base_manager.filter(indicator=self.pk).exclude(order_key=self.order_key).update(order_key=self.order_key)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = sort_key(self.name)
        super().save(*args, **kwargs)
