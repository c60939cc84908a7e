from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.publishing.append_only import append_only
from portal.publishing.models.submission import SubmissionItem


class Review(models.Model):
    """One step on the way of one text: who did what, when, of which text, and with what opinion. Never changed."""

    class Verdict(models.TextChoices):
        SUBMITTED = "submitted", _("送审")
        APPROVED = "approved", _("通过")
        RETURNED = "returned", _("退回")
        RECALLED = "recalled", _("取回")
        PUBLISHED = "published", _("发布")
        SCHEDULED = "scheduled", _("定时")
        WITHDRAWN = "withdrawn", _("撤回")

    item = models.ForeignKey(SubmissionItem, models.PROTECT, null=True, related_name="reviews")
    entry_type = models.CharField(max_length=40)
    entry_uuid = models.UUIDField()
    step = models.PositiveSmallIntegerField(_("第几审"), null=True)
    verdict = models.CharField(_("结论"), max_length=10, choices=Verdict.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("人员"))
    opinion = models.CharField(_("意见"), max_length=500, blank=True)
    override = models.CharField(_("放行理由"), max_length=500, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("审核记录")
        verbose_name_plural = _("审核记录")
        ordering = ("pk",)
        indexes = [models.Index(fields=["entry_uuid", "id"], name="review_by_entry")]

    def __str__(self) -> str:
        return f"{self.entry_type} {self.entry_uuid} {self.verdict}"


append_only(Review)
