from django.db import models
from django.utils.translation import gettext_lazy as _

from policies.models.service import Service
from portal.publishing.models import Child


class ServiceMaterial(Child):
    """One thing an applicant brings, or does not have to bring because the office can obtain it."""

    class Necessity(models.TextChoices):
        REQUIRED = "required", _("必要")
        CONDITIONAL = "conditional", _("视情况")
        OPTIONAL = "optional", _("可选")

    class Form(models.TextChoices):
        PAPER = "paper", _("纸质")
        ELECTRONIC = "electronic", _("电子")
        EITHER = "either", _("纸质或电子")

    parent_field = "service"

    service = models.ForeignKey(Service, models.CASCADE, related_name="materials")
    name = models.CharField(_("材料名称"), max_length=120, help_text=_("例如“学历证书”。"))
    name_en = models.CharField(_("英文材料名称"), max_length=200, blank=True, help_text=_("材料名称的英文译文。"))
    necessity = models.CharField(
        _("必要性"), max_length=12, choices=Necessity.choices, default=Necessity.REQUIRED, help_text=_("例如“必要”。")
    )
    copies = models.PositiveSmallIntegerField(_("份数"), default=1, help_text=_("交几份，例如 1。"))
    form = models.CharField(
        _("提交形式"), max_length=12, choices=Form.choices, default=Form.EITHER, help_text=_("纸质还是电子。")
    )
    obtainable_by_sharing = models.BooleanField(
        _("可免交"), default=False, help_text=_("能通过数据共享取得、不用申请人提交时勾选。")
    )

    class Meta(Child.Meta):
        verbose_name = _("申请材料")
        verbose_name_plural = _("申请材料")

    def __str__(self) -> str:
        return self.name
