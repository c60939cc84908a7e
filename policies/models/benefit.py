from datetime import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from policies.models.clause import Clause
from policies.models.policy import Policy
from policies.models.service import Service
from portal.publishing.addresses import entry_address
from portal.publishing.models import SLUG, Child, in_public_state, serves_region
from portal.publishing.prepared import Slot


class BenefitQuerySet(models.QuerySet["Benefit"]):
    def published(self, at: datetime | None = None) -> Self:
        """A benefit is public when its policy is."""
        return self.filter(in_public_state(at, "policy__"))

    def for_list(self) -> Self:
        return self.select_related("policy__region", "service")

    def for_detail(self) -> Self:
        return self.select_related("policy__region", "clause", "service")

    def in_region(self, slug: str | Slot) -> Self:
        return self.filter(serves_region(Policy, slug, "policy__"))


class Benefit(Child):
    """One thing a policy gives someone: how much, to whom, how to get it, until when."""

    class Kind(models.TextChoices):
        CASH = "cash", _("资金")
        SUBSIDY = "subsidy", _("补贴")
        INTEREST = "interest", _("贴息")
        LOAN = "loan", _("贷款")
        HOUSING = "housing", _("住房")
        SCHOOLING = "schooling", _("子女入学")
        MEDICAL = "medical", _("医疗健康")
        SERVICE = "service", _("服务")
        HONOUR = "honour", _("荣誉")
        VENUE = "venue", _("场地平台")

    class Beneficiary(models.TextChoices):
        PERSON = "person", _("个人")
        FAMILY = "family", _("家庭")
        TEAM = "team", _("团队")
        ENTERPRISE = "enterprise", _("企业")
        INSTITUTION = "institution", _("单位")

    class Mode(models.TextChoices):
        APPLY = "apply", _("申请")
        AUTOMATIC = "automatic", _("免申即享")
        REVIEW = "review", _("评审")
        CASE_BY_CASE = "case_by_case", _("一事一议")

    class Frequency(models.TextChoices):
        ONCE = "once", _("一次性")
        MONTHLY = "monthly", _("按月")
        YEARLY = "yearly", _("按年")
        INSTALMENTS = "instalments", _("分期")

    class Stacking(models.TextChoices):
        STACK = "stack", _("可叠加")
        HIGHEST = "highest", _("就高不重复")
        EXCLUSIVE = "exclusive", _("互斥")

    parent_field = "policy"
    distinct_within_parent = ("slug",)
    ending_columns = ("window_until",)

    slug = models.CharField(
        _("网址名"), max_length=100, validators=[SLUG], help_text=_("页内链接的名字，例如 apartment-rent；全站不能重复。")
    )
    policy = models.ForeignKey(
        Policy, models.CASCADE, related_name="benefits", verbose_name=_("政策"), help_text=_("由哪份政策给出。")
    )
    clause = models.ForeignKey(
        Clause,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="benefits",
        verbose_name=_("条款"),
        help_text=_("写在哪一条，例如“第 3 条”。"),
    )
    name = models.CharField(_("名称"), max_length=120, help_text=_("读者得到什么，例如“人才公寓入住”。"))
    name_en = models.CharField(_("英文名称"), max_length=200, blank=True, help_text=_("名称的英文译名。"))
    kind = models.CharField(_("类型"), max_length=10, choices=Kind.choices, help_text=_("例如“住房”。"))
    beneficiary = models.CharField(
        _("受益人"), max_length=12, choices=Beneficiary.choices, help_text=_("给个人、家庭、团队、企业还是单位。")
    )
    amount_min = models.DecimalField(
        _("最低金额（元）"), max_digits=16, decimal_places=2, null=True, blank=True, help_text=_("例如 1000；没有写明就留空。")
    )
    amount_max = models.DecimalField(
        _("最高金额（元）"), max_digits=16, decimal_places=2, null=True, blank=True, help_text=_("例如 50000；没有写明就留空。")
    )
    formula_text = models.CharField(
        _("计算办法"), max_length=300, blank=True, help_text=_("金额怎么算，例如“按贷款利息的 50% 补贴”。")
    )
    formula_text_en = models.CharField(_("英文计算办法"), max_length=500, blank=True, help_text=_("计算办法的英文译文。"))
    frequency = models.CharField(
        _("发放方式"), max_length=12, choices=Frequency.choices, blank=True, help_text=_("例如“一次性”；没有写明就留空。")
    )
    mode = models.CharField(
        _("取得方式"), max_length=12, choices=Mode.choices, blank=True, help_text=_("例如“申请”；没有写明就留空。")
    )
    quota = models.PositiveIntegerField(_("名额"), null=True, blank=True, help_text=_("名额有限时填写，例如 20。"))
    closes_when_exhausted = models.BooleanField(_("用完即止"), default=False, help_text=_("名额或资金用完就停止时勾选。"))
    window_from = models.DateField(_("受理开始"), null=True, blank=True, help_text=_("开始受理的日期；没有写明就留空。"))
    window_until = models.DateField(_("受理截止"), null=True, blank=True, help_text=_("最后一天受理的日期；没有写明就留空。"))
    conditions = models.TextField(
        _("条件"), max_length=2000, blank=True, help_text=_("谁可以得到，例如“副高以上职称”；“以上”“以下”含本数。")
    )
    conditions_en = models.TextField(_("英文条件"), max_length=4000, blank=True, help_text=_("条件的英文译文。"))
    stacking_group = models.SlugField(_("叠加组"), blank=True, help_text=_("同组的待遇按下面的规则合并，例如 housing。"))
    stacking_rule = models.CharField(
        _("叠加规则"), max_length=10, choices=Stacking.choices, blank=True, help_text=_("例如“就高不重复”。")
    )
    service = models.ForeignKey(
        Service,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="benefits",
        verbose_name=_("办理服务"),
        help_text=_("在哪项服务里办理，例如“人才公寓”。"),
    )

    objects = BenefitQuerySet.as_manager()

    class Meta(Child.Meta):
        verbose_name = _("待遇")
        verbose_name_plural = _("待遇")
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "slug"],
                name="benefit_slug_unique",
                violation_error_message=_("这份政策已有同名的待遇网址，请换一个。"),
            ),
            models.CheckConstraint(
                condition=Q(amount_min__isnull=True) | Q(amount_max__isnull=True) | Q(amount_min__lte=F("amount_max")),
                name="benefit_amounts",
                violation_error_message=_("最低金额不能大于最高金额。"),
            ),
            models.CheckConstraint(
                condition=Q(window_from__isnull=True) | Q(window_until__isnull=True) | Q(window_from__lte=F("window_until")),
                name="benefit_window",
                violation_error_message=_("受理截止不能早于受理开始。"),
            ),
            models.CheckConstraint(
                condition=Q(stacking_group="", stacking_rule="") | (~Q(stacking_group="") & ~Q(stacking_rule="")),
                name="benefit_stacking_whole",
                violation_error_message=_("叠加组和叠加规则要一起填写。"),
            ),
        ]
        indexes = [models.Index(fields=["slug"], name="benefit_by_slug")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """One query for the policy unless loaded."""
        return f"{entry_address('policies:detail', self.policy.slug)}#benefit-{self.slug}"

    def clean(self) -> None:
        super().clean()
        if self.clause and self.policy_id and self.clause.policy_id != self.policy_id:
            raise ValidationError({"clause": _("这一条不属于所选的政策。")})
        elsewhere = Benefit.objects.filter(slug=self.slug, policy__copy_of__isnull=True).exclude(uid=self.uid)
        if self.policy_id and self.policy.is_live and elsewhere.exists():
            raise ValidationError({"slug": _("这个网址名已被另一项待遇占用，请换一个。")})
