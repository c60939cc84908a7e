from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class SiteSettings(models.Model):
    """What the site says of itself on every page; at most one row. An empty item falls back to the environment's."""

    name = models.CharField(_("网站名称"), max_length=60, blank=True, help_text=_("页面顶部的名称，例如“綦江人才”。"))
    name_en = models.CharField(_("英文网站名称"), max_length=120, blank=True, help_text=_("例如 Qijiang Talent。"))
    organiser = models.CharField(
        _("主办单位"), max_length=120, blank=True, help_text=_("页脚的主办单位，例如“某区人才工作办公室”。")
    )
    organiser_en = models.CharField(_("英文主办单位"), max_length=200, blank=True, help_text=_("主办单位的英文译名。"))
    contact = models.CharField(
        _("联系方式"), max_length=200, blank=True, help_text=_("读者怎样联系主办单位：电话、邮箱或地址，例如“023-12345678”。")
    )
    contact_en = models.CharField(_("英文联系方式"), max_length=300, blank=True, help_text=_("联系方式的英文译文。"))
    id_code = models.CharField(
        _("网站标识码"), max_length=10, blank=True,
        validators=[RegexValidator(r"^([0-9]{10}|bm[0-9]{8})\Z", _("网站标识码是十位数字，或 bm 加八位数字，请照登记的填写。"))],
        help_text=_("政府网站标识码，例如 5001100001；没有就留空。"),
    )  # fmt: skip
    icp = models.CharField(_("ICP 备案号"), max_length=60, blank=True, help_text=_("例如“渝ICP备12345678号-1”。"))
    police_record = models.CharField(
        _("公安备案号"), max_length=60, blank=True, help_text=_("例如“渝公网安备 50011002000001号”。")
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        verbose_name = _("网站信息")
        verbose_name_plural = _("网站信息")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="site_settings_one_row")]

    def __str__(self) -> str:
        return self.name or str(self._meta.verbose_name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        super().save(*args, **kwargs)
