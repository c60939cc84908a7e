from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.publishing.models import Child
from regions.models.region import Region


class RegionMembership(Child):
    """That a region belongs to a group, or lies in or is run by another, in a period."""

    class Kind(models.TextChoices):
        ADMINISTRATIVE = "administrative", _("行政隶属")
        MANAGED_BY = "managed_by", _("代管")
        LOCATED_IN = "located_in", _("位于")
        STATISTICAL = "statistical", _("统计片区")

    parent_field = "member"

    member = models.ForeignKey(Region, models.CASCADE, related_name="memberships")
    group = models.ForeignKey(
        Region,
        models.PROTECT,
        related_name="members",
        verbose_name=_("所属片区或地区"),
        help_text=_("例如“渝东南武陵山区城镇群”。"),
    )
    kind = models.CharField(_("关系"), max_length=15, choices=Kind.choices, help_text=_("例如“统计片区”。"))
    valid_from = models.DateField(_("起始日期"), null=True, blank=True, help_text=_("不知道就留空。"))
    valid_until = models.DateField(_("截止日期"), null=True, blank=True, help_text=_("仍然有效就留空。"))

    class Meta(Child.Meta):
        verbose_name = _("地区归属")
        verbose_name_plural = _("地区归属")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_until__isnull=True) | Q(valid_from__lte=F("valid_until")),
                name="region_membership_dates",
                violation_error_message=_("截止日期不能早于起始日期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.group_id}"

    def clean(self) -> None:
        super().clean()
        if self.group_id and self.group_id == self.member_id:
            raise ValidationError({"group": _("一个地区不能归属于它自己。")})
