from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.publishing.models import Child


class Attachment(Child):
    """A document that readers of an entry can download: the original of a policy, a form. `size` is in bytes."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word"
        XLSX = "xlsx", "Excel"

    parent_field = "entry"

    entry_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    entry_id = models.PositiveBigIntegerField()
    entry = GenericForeignKey("entry_type", "entry_id")
    title = models.CharField(_("名称"), max_length=120, help_text=_("读者看到的名称，例如“入住申请表”。"))
    title_en = models.CharField(_("英文名称"), max_length=200, blank=True, help_text=_("名称的英文译文。"))
    kind = models.CharField(max_length=4, choices=Kind.choices, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    size = models.PositiveIntegerField(editable=False)
    original = models.CharField(max_length=120, editable=False, blank=True)

    class Meta(Child.Meta):
        verbose_name = _("附件")
        verbose_name_plural = _("附件")
        constraints = [
            models.UniqueConstraint(
                fields=["entry_type", "entry_id", "sha256"],
                name="attachment_once",
                violation_error_message=_("这个文件已经附在这里了。"),
            )
        ]
        indexes = [models.Index(fields=["sha256"], name="attachment_by_content")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("attachment", args=[f"{self.sha256}.{self.kind}"])


class Attached(models.Model):
    """Mixin: an entry with documents to download, in its own order."""

    attachments = GenericRelation(Attachment, content_type_field="entry_type", object_id_field="entry_id")

    class Meta:
        abstract = True
