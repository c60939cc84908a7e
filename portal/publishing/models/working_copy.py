from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.publishing.models.json_text import JsonTextField


class WorkingCopyQuerySet(models.QuerySet["WorkingCopy"]):
    def waiting(self) -> Self:
        """Those with a date that nothing stands in the way of, earliest first."""
        return self.filter(apply_at__isnull=False, problem="").order_by("apply_at", "pk")


class WorkingCopy(models.Model):
    """What is known of one working copy beside its text: what it was made from, and when it is to take effect.

    `base` is the snapshot of the live entry the copy was made from. A copy with `apply_at` waits for that moment; `problem`
    says why it could not be applied then.
    """

    entry_type = models.CharField(max_length=40)
    entry_id = models.BigIntegerField()
    entry_uuid = models.UUIDField()
    base: Any = JsonTextField(default=dict)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    apply_at = models.DateTimeField(_("生效时间"), null=True)
    scheduled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    problem = models.CharField(max_length=500, blank=True)

    objects = WorkingCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("修改稿")
        verbose_name_plural = _("修改稿")
        constraints = [models.UniqueConstraint(fields=["entry_type", "entry_id"], name="working_copy_unique")]
        indexes = [
            models.Index(fields=["entry_uuid"], name="working_copy_by_entry"),
            models.Index(
                fields=["apply_at", "id"], condition=models.Q(apply_at__isnull=False, problem=""), name="working_copy_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_type} {self.entry_id}"

    @property
    def model(self) -> Any:
        return apps.get_model(self.entry_type)

    def entry(self) -> Any:
        """The copy itself, or None when it is gone; one query."""
        return self.model._base_manager.filter(pk=self.entry_id).first()
