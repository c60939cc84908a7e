from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from portal.publishing.append_only import all_of, any_of, append_only, sql, unchanged
from portal.publishing.models.json_text import JsonTextField


class Submission(models.Model):
    """One or many entries handed in for review together, such as the fifty figures of one article."""

    title = models.CharField(_("送审内容"), max_length=200)
    note = models.CharField(_("送审说明"), max_length=500, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("送审人"))
    created_at = models.DateTimeField(_("送审时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("送审")
        verbose_name_plural = _("送审")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.title


class SubmissionItemQuerySet(models.QuerySet["SubmissionItem"]):
    def written_by(self, person: int) -> Self:
        """Those with a person (their key) among the authors."""
        return self._with_authors().filter(_names(person))

    def not_written_by(self, person: int) -> Self:
        return self._with_authors().exclude(_names(person))

    def _with_authors(self) -> Self:
        return self.alias(authors_text=Cast("authors", models.TextField()))


def _names(person: int) -> Q:
    """The key in the list as it is stored: compact JSON."""
    stored = (f"[{person}]", f"[{person},", f",{person},", f",{person}]")
    return Q(*(("authors_text__contains", text) for text in stored), _connector=Q.OR)


class SubmissionItem(models.Model):
    """One entry of a submission: the text that was handed in, by whom it was written, and how far its review has come.

    `digest` is that of the whole entry at that moment: every approval, and the publication, is of exactly this text.
    `authors` are the keys of everybody who wrote on it; none of them approves it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("待审核")
        APPROVED = "approved", _("已通过")
        RETURNED = "returned", _("已退回")
        RECALLED = "recalled", _("已取回")
        PUBLISHED = "published", _("已发布")

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="items")
    entry_type = models.CharField(max_length=40)
    entry_id = models.BigIntegerField()
    entry_uuid = models.UUIDField()
    title = models.CharField(_("内容"), max_length=200)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+", verbose_name=_("所属地区"))
    digest = models.CharField(max_length=64)
    authors: Any = JsonTextField(default=dict)
    state = models.CharField(_("进度"), max_length=10, choices=State.choices, default=State.WAITING)
    steps = models.PositiveSmallIntegerField(_("审核级数"))
    passed = models.PositiveSmallIntegerField(_("已过级数"), default=0)
    last_reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    objects = SubmissionItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("送审条目")
        verbose_name_plural = _("送审条目")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["entry_type", "entry_id"], condition=Q(state__in=("waiting", "approved")), name="submission_item_one_open"
            ),
            models.CheckConstraint(condition=Q(passed__lte=models.F("steps")), name="submission_item_steps"),
        ]
        indexes = [
            models.Index(fields=["state", "region", "id"], name="submission_item_by_state"),
            models.Index(fields=["entry_uuid", "id"], name="submission_item_by_entry"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in {self.State.WAITING, self.State.APPROVED}

    @property
    def author_keys(self) -> set[int]:
        return set(self.authors.get("keys", ()))

    @property
    def model(self) -> Any:
        return apps.get_model(self.entry_type)


append_only(
    SubmissionItem,
    update_when=all_of(
        unchanged(SubmissionItem, but=("state", "passed", "digest", "last_reviewer", "updated_at")),
        any_of(
            sql("""OLD."state" IN ('waiting', 'approved')"""),
            unchanged(SubmissionItem, but=("last_reviewer", "updated_at")),
        ),
    ),
)
