from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

LANGUAGE_CHOICES = [("zh-hans", "简体中文"), ("en", "English")]


class User(AbstractUser):
    """A member of staff; readers have no accounts.

    `region` limits what a person edits to that region and the regions under it; empty means every region.
    """

    region = models.ForeignKey(
        "regions.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="staff",
        verbose_name=_("地区"),
        help_text=_("只能编辑该地区及其下级地区的内容，例如“綦江区”；留空表示全部地区。"),
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
