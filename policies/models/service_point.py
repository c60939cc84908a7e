from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from policies.models.service import Service
from portal.publishing.models import Child
from portal.text.errors import TextError
from portal.text.opening_hours import OpeningHours, parse_opening_hours
from regions.models import Region


class ServicePoint(Child):
    """A window or office where a service is given. Coordinates are WGS-84 degrees."""

    parent_field = "service"

    service = models.ForeignKey(
        Service, models.CASCADE, related_name="points", verbose_name=_("服务"), help_text=_("在这里办理哪项服务。")
    )
    name = models.CharField(_("地点名称"), max_length=120, help_text=_("例如“市民服务中心”。"))
    name_en = models.CharField(_("英文地点名称"), max_length=200, blank=True, help_text=_("地点名称的英文译文。"))
    address = models.CharField(_("地址"), max_length=200, blank=True, help_text=_("门牌地址；来源没有写明就留空，不要编造。"))
    address_en = models.CharField(_("英文地址"), max_length=300, blank=True, help_text=_("地址的英文译文。"))
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("所在地区"), help_text=_("例如“綦江区”。")
    )
    window = models.CharField(_("楼层或窗口"), max_length=60, blank=True, help_text=_("例如“2 楼 3 号窗口”。"))
    window_en = models.CharField(_("英文楼层或窗口"), max_length=100, blank=True, help_text=_("例如 Counter 3, 2nd floor。"))
    opening_hours = models.CharField(
        _("开放时间"),
        max_length=200,
        blank=True,
        help_text=_("一行写完，例如“周一至周五 09:00-12:00,14:00-18:00”；不知道就留空。"),
    )
    phones = models.CharField(
        _("电话"), max_length=120, blank=True, help_text=_("办公电话，例如 023-48660000；几个电话用顿号分开。")
    )
    latitude = models.DecimalField(
        _("纬度"), max_digits=9, decimal_places=6, null=True, blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)], help_text=_("WGS-84 纬度，例如 29.028000。"),
    )  # fmt: skip
    longitude = models.DecimalField(
        _("经度"), max_digits=9, decimal_places=6, null=True, blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)], help_text=_("WGS-84 经度，例如 106.651000。"),
    )  # fmt: skip
    accessibility = models.CharField(_("无障碍设施"), max_length=200, blank=True, help_text=_("例如“有坡道和无障碍卫生间”。"))
    accessibility_en = models.CharField(_("英文无障碍设施"), max_length=300, blank=True, help_text=_("无障碍设施的英文译文。"))
    last_verified_on = models.DateField(
        _("最近核实日期"), null=True, blank=True, help_text=_("最近一次核对地址电话的日期；没有核对过就留空。")
    )

    class Meta(Child.Meta):
        verbose_name = _("办理地点")
        verbose_name_plural = _("办理地点")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True) | Q(latitude__isnull=False, longitude__isnull=False),
                name="service_point_coordinates",
                violation_error_message=_("经度和纬度要一起填写。"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def hours(self) -> OpeningHours | None:
        return parse_opening_hours(self.opening_hours) if self.opening_hours else None

    def clean(self) -> None:
        super().clean()
        try:
            self._canonical_hours()
        except TextError as error:
            raise ValidationError({"opening_hours": str(error)}) from error

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._canonical_hours()
        super().save(*args, **kwargs)

    def _canonical_hours(self) -> None:
        if self.opening_hours:
            self.opening_hours = str(parse_opening_hours(self.opening_hours))
