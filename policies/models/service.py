from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.publishing.addresses import entry_address
from portal.publishing.models import LIVE, AsciiKeyField, FoundBy, Publishable, State
from portal.text.pinyin import sort_key
from regions.models import Attached, Illustrated, Organisation, Sourced, TellingQuerySet, TellsFigures, Topic


class ServiceQuerySet(TellingQuerySet):
    def for_list(self) -> Self:
        return self.select_related("region", "provider")

    def for_detail(self) -> Self:
        return self.select_related("region__parent__parent", "provider", "source")


class Service(Sourced, Illustrated, Attached, TellsFigures, Publishable):
    """Something an office does for talented people: who may ask, what to bring, how long it takes, where."""

    class Kind(models.TextChoices):
        WINDOW = "window", _("服务窗口")
        CARD = "card", _("服务卡")
        HOUSING = "housing", _("住房")
        LOAN = "loan", _("贷款")
        SCHOOLING = "schooling", _("子女入学")
        MEDICAL = "medical", _("医疗健康")
        RECUPERATION = "recuperation", _("休假疗养")
        TRAINING = "training", _("培训")
        MATCHING = "matching", _("对接")
        CONSULTING = "consulting", _("咨询")
        BUNDLE = "bundle", _("一件事")

    class Audience(models.TextChoices):
        PERSON = "person", _("个人")
        FAMILY = "family", _("家庭")
        TEAM = "team", _("团队")
        ENTERPRISE = "enterprise", _("企业")
        INSTITUTION = "institution", _("单位")

    class DayUnit(models.TextChoices):
        WORKING = "working", _("工作日")
        CALENDAR = "calendar", _("自然日")

    class Fee(models.TextChoices):
        NONE = "none", _("不收费")
        CHARGED = "charged", _("收费")
        UNKNOWN = "unknown", _("未说明")

    class Status(models.TextChoices):
        ACTIVE = "active", _("正在提供")
        UNDER_CONSTRUCTION = "under_construction", _("建设中")
        PAUSED = "paused", _("暂停")
        ENDED = "ended", _("已结束")
        UNKNOWN = "unknown", _("现状不明")

    class Stage(models.TextChoices):
        PLANNED = "planned", _("规划")
        UNDER_CONSTRUCTION = "under_construction", _("建设中")
        AVAILABLE = "available", _("可用")

    address_name = "policies:service"
    found_by: ClassVar[FoundBy] = FoundBy(
        title=("name",),
        keys=("name_en", "result_name"),
        body=("summary", "conditions", "fee_text", "modes", "consult", "complaint"),
        rows={
            "materials": ("name",),
            "steps": ("name",),
            "points": ("name", "address", "window"),
            "attachments": ("title",),
        },
        names=("provider",),
        topics="topics",
    )

    name = models.CharField(_("名称"), max_length=120, help_text=_("服务的名称，例如“人才服务卡”。"))
    name_en = models.CharField(_("英文名称"), max_length=200, blank=True, help_text=_("例如 Talent Service Card。"))
    kind = models.CharField(_("类型"), max_length=12, choices=Kind.choices, help_text=_("例如“服务窗口”。"))
    provider = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="services",
        verbose_name=_("提供单位"),
        help_text=_("由谁办理，例如“市民服务中心”；不知道就留空。"),
    )
    audience = models.CharField(
        _("服务对象"), max_length=12, choices=Audience.choices, help_text=_("给个人、家庭、团队、企业还是单位。")
    )
    topics = models.ManyToManyField(
        Topic, related_name="services", blank=True, verbose_name=_("主题"), help_text=_("读者会在哪些主题下找它，例如“住房”。")
    )
    summary = models.TextField(_("简介"), max_length=2000, help_text=_("一两句话说明能办什么。"))
    summary_en = models.TextField(_("英文简介"), max_length=4000, blank=True, help_text=_("简介的英文译文。"))
    conditions = models.TextField(
        _("受理条件"), max_length=4000, blank=True, help_text=_("谁可以办，例如“持有人才服务卡”；没有写明就留空。")
    )
    conditions_en = models.TextField(_("英文受理条件"), max_length=8000, blank=True, help_text=_("受理条件的英文译文。"))
    legal_days = models.PositiveIntegerField(
        _("法定时限"), null=True, blank=True, help_text=_("法规规定的最长天数，例如 20；不知道就留空。")
    )
    promised_days = models.PositiveIntegerField(
        _("承诺时限"), null=True, blank=True, help_text=_("承诺办结的天数，例如 5；不能超过法定时限。")
    )
    day_unit = models.CharField(
        _("时限单位"), max_length=8, choices=DayUnit.choices, blank=True, help_text=_("工作日还是自然日。")
    )
    onsite_visits = models.PositiveSmallIntegerField(
        _("到现场次数"), null=True, blank=True, help_text=_("要跑几趟；全程网办填 0，不知道就留空。")
    )
    fee = models.CharField(
        _("收费"), max_length=8, choices=Fee.choices, default=Fee.UNKNOWN, help_text=_("不收费也要写明；来源没说就选“未说明”。")
    )
    fee_text = models.CharField(_("收费说明"), max_length=200, blank=True, help_text=_("收费标准和依据，例如“工本费 10 元”。"))
    fee_text_en = models.CharField(_("英文收费说明"), max_length=300, blank=True, help_text=_("收费说明的英文译文。"))
    modes = models.CharField(_("办理形式"), max_length=120, blank=True, help_text=_("例如“窗口办理、网上办理”；没有写明就留空。"))
    modes_en = models.CharField(_("英文办理形式"), max_length=200, blank=True, help_text=_("办理形式的英文译文。"))
    online_url = models.URLField(_("网上办理地址"), blank=True, help_text=_("例如 https://ykb.cq.gov.cn/…；没有就留空。"))
    result_name = models.CharField(_("办理结果"), max_length=120, blank=True, help_text=_("办完拿到什么，例如“人才服务卡”。"))
    result_name_en = models.CharField(_("英文办理结果"), max_length=200, blank=True, help_text=_("办理结果的英文译文。"))
    result_validity = models.CharField(_("结果有效期"), max_length=120, blank=True, help_text=_("例如“3 年”；没有写明就留空。"))
    result_validity_en = models.CharField(_("英文结果有效期"), max_length=200, blank=True, help_text=_("结果有效期的英文译文。"))
    consult = models.CharField(
        _("咨询方式"), max_length=200, blank=True, help_text=_("具体的电话或窗口，不要写“咨询相关部门”；不知道就留空。")
    )
    consult_en = models.CharField(_("英文咨询方式"), max_length=300, blank=True, help_text=_("咨询方式的英文译文。"))
    complaint = models.CharField(_("监督投诉"), max_length=200, blank=True, help_text=_("监督投诉的电话或地址；不知道就留空。"))
    complaint_en = models.CharField(_("英文监督投诉"), max_length=300, blank=True, help_text=_("监督投诉方式的英文译文。"))
    status = models.CharField(
        _("服务状态"),
        max_length=20,
        choices=Status.choices,
        default=Status.ACTIVE,
        help_text=_("还在建的不要写成正在提供；只在旧报道里见过、没有核实的选“现状不明”。"),
    )
    capacity_number = models.PositiveIntegerField(_("规模"), null=True, blank=True, help_text=_("窗口数、套数等，例如 28。"))
    capacity_unit = models.CharField(_("规模单位"), max_length=20, blank=True, help_text=_("例如“个窗口”或“套”。"))
    capacity_unit_en = models.CharField(_("英文规模单位"), max_length=40, blank=True, help_text=_("例如 counters。"))
    capacity_stage = models.CharField(
        _("规模阶段"), max_length=20, choices=Stage.choices, blank=True, help_text=_("“推进建设 200 套”选“建设中”，不是“可用”。")
    )
    name_key = AsciiKeyField()

    objects = ServiceQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("服务")
        verbose_name_plural = _("服务")
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(legal_days__isnull=True) | Q(promised_days__isnull=True) | Q(promised_days__lte=F("legal_days")),
                name="service_promised_within_legal",
                violation_error_message=_("承诺时限不能超过法定时限。"),
            ),
            models.CheckConstraint(
                condition=Q(legal_days__isnull=True, promised_days__isnull=True) | ~Q(day_unit=""),
                name="service_days_have_unit",
                violation_error_message=_("填了时限就要选“工作日”或“自然日”。"),
            ),
            models.CheckConstraint(
                condition=Q(capacity_number__isnull=True, capacity_unit="", capacity_stage="")
                | (Q(capacity_number__isnull=False) & ~Q(capacity_unit="") & ~Q(capacity_stage="")),
                name="service_capacity_whole",
                violation_error_message=_("规模要同时写明数量、单位和阶段。"),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-updated_at", "-id"], name="service_newest", condition=LIVE),
            models.Index(fields=["state", "name_key", "id"], name="service_by_name", condition=LIVE),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return entry_address(self.address_name, self.slug)

    def clean(self) -> None:
        super().clean()
        if self.state == State.PUBLISHED and self.fee == self.Fee.CHARGED and not self.fee_text:
            raise ValidationError({"fee_text": _("收费的服务要写明收费标准和依据。")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = sort_key(self.name)
        super().save(*args, **kwargs)
