import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.publishing.append_only import all_of, append_only, sql, unchanged
from portal.publishing.models.moment_text import moment_text

ERASED = ("payload", "erased_at", "erased_by_name", "erased_reason")
"""The columns that erasing a payload writes."""


class EditionQuerySet(models.QuerySet[Any]):
    def of(self, entry: Any) -> "EditionQuerySet":
        return self.filter(entry_type=entry.type_label(), entry_uuid=entry.uuid)

    def numbered(self) -> "EditionQuerySet":
        return self.filter(number__isnull=False)

    def for_list(self) -> "EditionQuerySet":
        """Newest first, without the texts."""
        return self.defer("payload").order_by("-created_at", "-pk")


class Edition(models.Model):
    """The whole text of one entry at one moment: a save (without number, prunable) or a publication (numbered, kept).

    Each publication is chained to the one before by hashes. The chain holds the hash of the payload and not the payload,
    so that a payload can be erased for somebody's privacy and the chain still verifies.
    """

    class Kind(models.TextChoices):
        SAVED = "saved", _("保存")
        PUBLISHED = "published", _("发布")
        WITHDRAWN = "withdrawn", _("撤回")
        RESTORED = "restored", _("恢复")
        IMPORTED = "imported", _("导入")

    entry_type = models.CharField(max_length=40)
    entry_uuid = models.UUIDField()
    entry_id = models.BigIntegerField()
    number = models.PositiveIntegerField(_("版次"), null=True)
    created_at = models.DateTimeField(_("时间"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(_("人员"), max_length=150)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    kind = models.CharField(_("类型"), max_length=12, choices=Kind.choices)
    payload = models.TextField()
    payload_sha256 = models.CharField(max_length=64)
    previous_sha256 = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    erased_at = models.DateTimeField(null=True)
    erased_by_name = models.CharField(max_length=150, blank=True)
    erased_reason = models.CharField(max_length=500, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("版本记录")
        verbose_name_plural = _("版本记录")
        constraints = [
            models.UniqueConstraint(
                fields=["entry_type", "entry_uuid", "number"], condition=Q(number__isnull=False), name="edition_number_unique"
            )
        ]
        indexes = [
            models.Index(fields=["entry_uuid", "-created_at", "-id"], name="edition_by_entry"),
            models.Index(fields=["created_at"], condition=Q(number__isnull=True), name="edition_saves_by_time"),
            models.Index(fields=["sha256"], condition=Q(number__isnull=False), name="edition_by_sha256"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_type} {self.entry_uuid} {self.number or '-'}"

    @property
    def content(self) -> dict[str, Any]:
        """The snapshot; empty once it was erased."""
        return json.loads(self.payload) if self.payload else {}

    def chained_sha256(self) -> str:
        """The hash of this row over the one before; every column that erasing does not write is part of it."""
        parts = (
            self.previous_sha256, self.entry_type, str(self.entry_uuid), self.entry_id, self.number, self.actor_id,
            self.actor_name, self.reason, self.kind, moment_text(self.created_at), self.payload_sha256, self.digest,
        )  # fmt: skip
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


append_only(
    Edition,
    delete_when=sql('OLD."number" IS NULL'),
    update_when=all_of(
        unchanged(Edition, but=ERASED),
        sql("""OLD."erased_at" IS NULL AND NEW."erased_at" IS NOT NULL AND NEW."payload" = ''"""),
        sql("""NEW."erased_by_name" <> '' AND NEW."erased_reason" <> ''"""),
    ),
)
