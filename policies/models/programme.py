from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from policies.models.policy import Policy
from portal.publishing.addresses import entry_address
from portal.publishing.models import LIVE, AsciiKeyField, FoundBy, Publishable
from portal.publishing.partial_date_field import PartialDateField, partial_date_constraints
from portal.text.pinyin import sort_key
from regions.models import Attached, Figure, Illustrated, Organisation, Sourced, Story, TellingQuerySet, TellsFigures, Topic
from regions.models.chain import leads_back


class ProgrammeQuerySet(TellingQuerySet):
    def for_list(self) -> Self:
        return self.select_related("region", "issuer", "part_of", "source")

    def for_detail(self) -> Self:
        return self.select_related("region__parent__parent", "issuer", "part_of", "source")


class Programme(Sourced, Illustrated, Attached, TellsFigures, Publishable):
    """A named talent plan, title, team scheme or honour, such as 重庆英才计划 or 秀山秀才."""

    class Kind(models.TextChoices):
        PLAN = "plan", pgettext_lazy("项目类型", "人才计划")
        TRAINING = "training", _("培养计划")
        TITLE = "title", _("称号评选")
        STUDIO = "studio", _("工作室、团队")
        PROJECT = "project", _("项目评选")
        HONOUR = "honour", pgettext_lazy("项目类型", "荣誉")

    reviewed_once: ClassVar[bool] = True
    address_name = "policies:programme"
    found_by: ClassVar[FoundBy] = FoundBy(
        title=("name",),
        keys=("name_en",),
        body=("summary", "quota_text"),
        rows={"attachments": ("title",)},
        names=("issuer",),
        topics="topics",
    )

    name = models.CharField(_("名称"), max_length=120, help_text=_("例如“重庆英才计划”。"))
    name_en = models.CharField(_("英文名称"), max_length=200, blank=True, help_text=_("例如 Chongqing Talent Plan。"))
    kind = models.CharField(_("类型"), max_length=10, choices=Kind.choices, help_text=_("例如“人才计划”。"))
    level = models.CharField(
        _("级别"),
        max_length=10,
        choices=Organisation.Tier.choices,
        blank=True,
        help_text=_("由哪一级设立，例如“市级”；不清楚就留空。"),
    )
    issuer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="programmes", verbose_name=_("设立或评选单位"),
        help_text=_("由谁设立或评选，例如“县委组织部”；来源没有写明就留空。"),
    )  # fmt: skip
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("属于"),
        help_text=_("是哪个计划的一部分，例如“本土人才培育计划”属于“秀山秀才”行动计划。"),
    )  # fmt: skip
    starts = PartialDateField(_("开始"), _("从什么时候起，写成 2021、2021-08 或 2021-08-05；不知道就留空。"))
    ends = PartialDateField(_("结束"), _("到什么时候止，写成 2025 或 2025-12；没有期限或不知道就留空。"))
    quota = models.PositiveIntegerField(
        _("名额"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("每一批的名额，例如 35；没有写明就留空。"),
    )
    quota_text = models.CharField(_("名额说明"), max_length=100, blank=True, help_text=_("例如“每年评选一次”；没有就留空。"))
    quota_text_en = models.CharField(_("英文名额说明"), max_length=200, blank=True, help_text=_("名额说明的英文译文。"))
    policies = models.ManyToManyField(
        Policy, related_name="programmes", blank=True, verbose_name=_("依据的政策"), help_text=_("根据哪些政策设立；没有就不选。")
    )
    stories = models.ManyToManyField(
        Story, related_name="programmes", blank=True, verbose_name=_("相关报道"), help_text=_("讲到它的报道。")
    )
    topics = models.ManyToManyField(
        Topic, related_name="programmes", verbose_name=_("主题"), help_text=_("读者会在哪些主题下找它，例如“培训”。")
    )
    figures = models.ManyToManyField(
        Figure,
        related_name="programmes",
        blank=True,
        verbose_name=_("相关数据"),
        help_text=_("反映成效的数据，例如“认定 35 名”。"),
    )
    summary = models.TextField(_("简介"), max_length=2000, help_text=_("一两句话说明是什么、给谁，例如“评选在綦高技能人才”。"))
    summary_en = models.TextField(_("英文简介"), max_length=4000, blank=True, help_text=_("简介的英文译文。"))
    name_key = AsciiKeyField()

    objects = ProgrammeQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("人才计划")
        verbose_name_plural = _("人才计划")
        ordering = ["name_key", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            *partial_date_constraints("starts", "ends"),
            models.CheckConstraint(
                condition=Q(ends_from__isnull=True) | Q(starts_from__isnull=True) | Q(ends_until__gte=F("starts_from")),
                name="programme_dates",
                violation_error_message=_("结束日期早于开始日期，请核对。"),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "name_key", "id"], name="programme_by_name", condition=LIVE),
            models.Index(fields=["state", "-updated_at", "-id"], name="programme_newest", condition=LIVE),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return entry_address(self.address_name, self.slug)

    def clean(self) -> None:
        super().clean()
        if self.part_of_id and leads_back(self, "part_of"):
            raise ValidationError({"part_of": _("“属于”的关系绕成了圈：一个计划不能是自己的一部分。")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = sort_key(self.name)
        super().save(*args, **kwargs)
