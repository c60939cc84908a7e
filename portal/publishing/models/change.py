from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Func, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.publishing.models.json_text import JsonTextField
from portal.publishing.models.working_copy import WorkingCopy
from portal.publishing.prepared import prepared
from portal.staff.models import SiteSettings
from portal.staff.site_items import ENVIRONMENT


class UnprobedJSONObject(JSONObject):
    """Without Django's probe of SQLite for JSON: it asks for the write lock, and where that is held it says no for good."""

    def as_sqlite(self, compiler: Any, connection: Any, **extra_context: Any) -> Any:
        return Func.as_sql(self, compiler, connection, **extra_context)


class ContentState(models.Model):
    """One row. Every publishing transaction locks it and takes the next numbers, so changes commit in the order of their numbers.

    The head of the audit chain stands here too, under the same lock; a trigger moves it with each row of the log.
    `pruned_at`, `pruned_seq`: the last tombstone that is no longer kept; whoever has not read that far cannot follow any more.
    `tidied_on`: the day on which `tick` threw away last what has had its time.
    """

    seq = models.BigIntegerField(default=0)
    pruned_at = models.DateTimeField(null=True)
    pruned_seq = models.BigIntegerField(default=0)
    audit_number = models.BigIntegerField(default=0)
    audit_sha256 = models.CharField(max_length=64, blank=True)
    tidied_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("内容版本")

    def __str__(self) -> str:
        return str(self.seq)

    @classmethod
    def locked(cls) -> Any:
        """The row, locked until the transaction ends; one query."""
        return next(iter(_locked_state()), None) or (cls.objects.get_or_create(pk=1) and _locked_state()[0])

    def take(self, count: int = 1) -> int:
        """Take that many numbers of a locked row and return the first; one query."""
        first = self.seq + 1
        self.seq += count
        self.save(update_fields=["seq"])
        return first

    @classmethod
    def next_seq(cls) -> int:
        """Lock the row until the transaction ends and return the next number; two queries."""
        return int(cls.locked().take())


@prepared
def _locked_state() -> Any:
    return ContentState.objects.select_for_update().filter(pk=1)


class Change(models.Model):
    """One public change of one entry: shown to feeds, partners and caches once `effective_at` has come.

    Appearing and expiring by date are written when the date is set; rescheduling removes rows not yet effective. `slug` and
    `region` are those of that moment, `region_before` the owner it left by this change. `fields`: the changed fields of an
    update, empty where they are not known.
    """

    class Kind(models.TextChoices):
        PUBLISHED = "published", _("发布")
        UPDATED = "updated", _("更新")
        WITHDRAWN = "withdrawn", _("撤回")
        EXPIRED = "expired", _("到期")
        DELETED = "deleted", _("删除")

    seq = models.BigIntegerField(unique=True)
    effective_at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    entry_type = models.CharField(max_length=40)
    entry_uuid = models.UUIDField()
    slug = models.CharField(max_length=100)
    region = models.CharField(max_length=100)
    region_before = models.CharField(max_length=100, blank=True)
    fields = JsonTextField(default=list)

    class Meta:
        verbose_name = _("变更")
        ordering = ("effective_at", "seq")
        indexes = [
            models.Index(fields=["effective_at", "seq"], name="change_by_time"),
            models.Index(fields=["entry_uuid", "effective_at"], name="change_by_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_type} {self.entry_uuid} {self.kind}"


TOMBSTONES = (Change.Kind.WITHDRAWN, Change.Kind.EXPIRED, Change.Kind.DELETED)


@dataclass(frozen=True, slots=True)
class ContentVersion:
    """What every public answer depends on besides its address: a number that moves with each effective change.

    `site_items` is what staff entered of the site; it comes along so that no page asks for it, and moves with `seq`.
    """

    seq: int
    last_effective_at: datetime | None
    next_change_at: datetime | None
    apply_at: datetime | None
    """When the next scheduled change of a live entry is to be applied; in the past while it still has to be."""
    pruned_seq: int = 0
    site_items: dict[str, str] = field(default_factory=dict, compare=False)
    at: datetime | None = field(default=None, compare=False)
    """The moment it was read for."""

    @property
    def next_due_at(self) -> datetime | None:
        """When a public answer of now may be wrong."""
        return min((moment for moment in (self.next_change_at, self.apply_at) if moment), default=None)

    def __str__(self) -> str:
        return f"{self.seq}-{int(self.last_effective_at.timestamp() * 1e6) if self.last_effective_at else 0}"


def content_version(at: datetime | None = None) -> ContentVersion:
    """Read the content version at a moment (default: now); one query, three index seeks and a row."""
    at = at or timezone.now()
    found = _version(at=at)
    if not found:
        return ContentVersion(0, None, None, None, at=at)
    seq, last, due, apply_at, pruned_seq, items = found[0]
    return ContentVersion(seq, last, due, apply_at, pruned_seq, items or {}, at)


@prepared
def _version(*, at: Any) -> Any:
    last = Change.objects.filter(effective_at__lte=at).order_by("-effective_at", "-seq")
    due = Change.objects.filter(effective_at__gt=at).order_by("effective_at", "seq")
    entered = SiteSettings.objects.annotate(items=UnprobedJSONObject(**{item: item for item in ENVIRONMENT})).values("items")
    return ContentState.objects.annotate(
        last=Subquery(last.values("effective_at")[:1]),
        due=Subquery(due.values("effective_at")[:1]),
        apply=Subquery(WorkingCopy.objects.waiting().values("apply_at")[:1]),
        entered=Subquery(entered[:1]),
    ).values_list("seq", "last", "due", "apply", "pruned_seq", "entered")[:1]
