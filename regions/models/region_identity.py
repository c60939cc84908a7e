from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.publishing.models import Child
from regions.models.region import Region

OPEN_END = date(9999, 12, 31)


class RegionIdentity(Child):
    """The code and full name a region bore in a period; one code may belong to different regions at different times."""

    parent_field = "owner"

    owner = models.ForeignKey(Region, models.CASCADE, related_name="identities")
    code = models.CharField(
        _("行政区划代码"), max_length=6, validators=[RegexValidator(r"^[1-9][0-9]{5}\Z", _("代码是六位数字，例如 500110。"))],
        help_text=_("GB/T 2260 六位代码，例如 500110。"),
    )  # fmt: skip
    full_name = models.CharField(_("当时全称"), max_length=60, help_text=_("该时期的法定全称，例如“万盛区”。"))
    full_name_en = models.CharField(_("英文全称"), max_length=100, blank=True, help_text=_("例如 Wansheng District。"))
    valid_from = models.DateField(_("起始日期"), help_text=_("该代码开始使用的日期，例如 2011-10-01。"))
    valid_until = models.DateField(
        _("截止日期"), default=OPEN_END, help_text=_("使用到哪一天（含）；仍在使用就保留 9999-12-31。")
    )
    authority = models.CharField(_("依据"), max_length=200, help_text=_("日期的出处，例如“GB/T 2260 修订”。"))
    authority_en = models.CharField(_("英文依据"), max_length=300, blank=True, help_text=_("依据的英文译文。"))

    class Meta(Child.Meta):
        verbose_name = _("地区代码与名称")
        verbose_name_plural = _("地区代码与名称")
        ordering = ["valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__lte=F("valid_until")),
                name="region_identity_dates",
                violation_error_message=_("截止日期不能早于起始日期。"),
            ),
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="region_identity_code_unique",
                violation_error_message=_("这个代码在同一天已属于另一个地区。"),
            ),
        ]
        indexes = [models.Index(fields=["code", "valid_from", "valid_until"], name="region_identity_by_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.full_name}"

    def clean(self) -> None:
        super().clean()
        if not (self.code and self.valid_from and self.valid_until):
            return
        overlapping = RegionIdentity.objects.filter(
            code=self.code, valid_from__lte=self.valid_until, valid_until__gte=self.valid_from
        ).exclude(pk=self.pk)
        if other := overlapping.first():
            raise ValidationError(
                {"code": _("%(code)s 在这段时间已是“%(name)s”的代码。") % {"code": self.code, "name": other.full_name}}
            )
