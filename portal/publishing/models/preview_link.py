import secrets
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LIFE = timedelta(days=7)


def new_public_id() -> str:
    return secrets.token_hex(16)


def end_of_life() -> datetime:
    return timezone.now() + LIFE


class PreviewLink(models.Model):
    """A link with which somebody without an account reads one draft, in exactly the text of the moment it was made.

    `public_id` alone opens nothing: the link carries it signed. `digest` is that of the whole draft.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    entry_type = models.CharField(max_length=40)
    entry_id = models.BigIntegerField()
    entry_uuid = models.UUIDField()
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("生成人"))
    made_at = models.DateTimeField(_("生成时间"), default=timezone.now)
    expires_at = models.DateTimeField(_("到期时间"), default=end_of_life)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("停用人")
    )
    revoked_at = models.DateTimeField(_("停用时间"), null=True)

    class Meta:
        verbose_name = _("预览链接")
        verbose_name_plural = _("预览链接")
        ordering = ("-made_at", "-pk")
        indexes = [models.Index(fields=["entry_type", "entry_id"], name="preview_link_by_entry")]

    def __str__(self) -> str:
        return f"{self.entry_type} {self.entry_id}"

    def entry(self) -> Any:
        """The draft, or None when it is gone; one query."""
        model: Any = apps.get_model(self.entry_type)
        return model._base_manager.filter(pk=self.entry_id, uuid=self.entry_uuid).first()
