from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy


class Role(models.TextChoices):
    """What a person does with content. The site administrator is no role: `User.is_superuser`."""

    CONTRIBUTOR = "contributor", pgettext_lazy("角色", "供稿")
    EDITOR = "editor", pgettext_lazy("角色", "编辑")
    REVIEWER = "reviewer", pgettext_lazy("角色", "审核")
    PUBLISHER = "publisher", pgettext_lazy("角色", "发布")
    AUDITOR = "auditor", pgettext_lazy("角色", "审计")


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def on(self, day: date) -> Self:
        """The grants that count on a day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day))


class RoleGrant(models.Model):
    """One role of one person in a region and the regions below it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="grants")
    role = models.CharField(
        gettext_lazy("角色"), max_length=12, choices=Role.choices,
        help_text=gettext_lazy("供稿只写自己的草稿；编辑写、改、提交；审核通过或退回；发布另可发布和撤回；审计只看。"),
    )  # fmt: skip
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=gettext_lazy("地区"),
        help_text=gettext_lazy("在这个地区和它的下级地区有效，例如“綦江区”；留空表示全站。"),
    )  # fmt: skip
    until = models.DateField(
        gettext_lazy("有效到"), null=True, blank=True,
        help_text=gettext_lazy("这个角色有效的最后一天（北京时间），例如 2026-12-31；一直有效就留空。"),
    )  # fmt: skip
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")
    granted_at = models.DateTimeField(gettext_lazy("授予时间"), auto_now_add=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("角色")
        verbose_name_plural = gettext_lazy("角色")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(role=Role.AUDITOR) | Q(region__isnull=True),
                name="role_grant_auditor_everywhere",
                violation_error_message=gettext_lazy("审计看全站，不分地区，请把地区留空。"),
            ),
            models.CheckConstraint(
                condition=Q(granted_by__isnull=True) | ~Q(granted_by=F("user")),
                name="role_grant_by_another",
                violation_error_message=gettext_lazy("不能给自己授予角色，请让另一位网站管理员来做。"),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "region"],
                name="role_grant_once",
                violation_error_message=gettext_lazy("这个人在这个地区已有这个角色。"),
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(region__isnull=True),
                name="role_grant_everywhere_once",
                violation_error_message=gettext_lazy("这个人在全站已有这个角色。"),
            ),
        ]

    def __str__(self) -> str:
        """Reads the region unless it is loaded."""
        where = self.region if self.region_id is not None else _("全站")
        named = _("%(role)s（%(region)s）") % {"role": self.get_role_display(), "region": where}
        return _("%(named)s，到 %(until)s 为止") % {"named": named, "until": self.until} if self.until else named
