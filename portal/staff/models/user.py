from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.staff.models.role_grant import RoleGrant
from portal.staff.permissions import permissions_of

LANGUAGE_CHOICES = [("zh-hans", "简体中文"), ("en", "English")]


class User(AbstractUser):
    """A member of staff; readers have no accounts.

    What a person may do follows from their roles and from `is_superuser`, the site administrator. A user in hand reads
    its roles once, so that a request asks one query; what is changed meanwhile counts from the next request on.
    """

    groups = None  # type: ignore[assignment]  # -- Django's way to leave out what a parent has
    user_permissions = None  # type: ignore[assignment]  # -- the same
    is_superuser = models.BooleanField(
        _("网站管理员"),
        default=False,
        help_text=_("管理人员、密钥和网站信息；看得到全部内容，只能紧急撤回，不能写、审、发。"),
    )
    language = models.CharField(
        _("后台语言"),
        max_length=10,
        choices=LANGUAGE_CHOICES,
        default="zh-hans",
        help_text=_("登录后台后看到的界面语言，例如“简体中文”。"),
    )
    display_name = models.CharField(_("显示名"), max_length=60, blank=True, help_text=_("其他同事看到的姓名，例如“綦江编辑”。"))

    class Meta:
        verbose_name = _("工作人员")
        verbose_name_plural = _("工作人员")

    def __str__(self) -> str:
        return self.display_name or self.get_username()

    def grants_now(self, today: date | None = None) -> tuple[RoleGrant, ...]:
        """The roles that count today (Beijing day), with their regions; one query, the first time it is asked."""
        today = today or timezone.localdate()
        if self.pk is None or not self.is_active:
            return ()
        known: dict[date, tuple[RoleGrant, ...]] = self.__dict__.setdefault("_grants", {})
        if today not in known:
            known[today] = tuple(RoleGrant.objects.filter(user=self).on(today).select_related("region"))
        return known[today]

    def get_all_permissions(self, obj: Any = None) -> set[str]:
        """Which pages there are for the person; whether a row may be seen or written is asked of `may`."""
        if not self.is_active:
            return set()
        if "_permissions" not in self.__dict__:
            roles = {grant.role for grant in self.grants_now()}
            self.__dict__["_permissions"] = permissions_of(roles, is_administrator=self.is_superuser)
        found: set[str] = self.__dict__["_permissions"]
        return found

    def get_user_permissions(self, obj: Any = None) -> set[str]:
        return self.get_all_permissions()

    def get_group_permissions(self, obj: Any = None) -> set[str]:
        return set()

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return perm in self.get_all_permissions()

    def has_module_perms(self, app_label: str) -> bool:
        return any(permission.startswith(f"{app_label}.") for permission in self.get_all_permissions())
