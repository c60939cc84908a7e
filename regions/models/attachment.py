from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Self

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.media.document_name import DocumentName, document_name
from portal.media.document_storage import remove_document_on_commit
from portal.publishing.models import Child


class AttachmentQuerySet(models.QuerySet[Any]):
    def published(self, at: datetime | None = None) -> Self:
        """What readers may download: rows whose entry is public. One EXISTS for each type that has attachments."""
        public = Q(pk__in=[])
        for model in attached_models():
            options = model._meta
            of_type = Q(entry_type__app_label=options.app_label, entry_type__model=options.model_name)
            public |= of_type & Q(model.objects.published(at).linked_from("entry_id"))
        return self.filter(public)

    def names(self) -> list[DocumentName]:
        """The stored files these rows name, each once; one query."""
        return [DocumentName(*row) for row in self.order_by().values_list("sha256", "kind").distinct()]


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

    objects = AttachmentQuerySet.as_manager()

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
        return reverse("attachment", args=[document_name(self.sha256, self.kind)])

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Also removes the file after the commit, unless another row names it."""
        name = DocumentName(self.sha256, self.kind)
        deleted = super().delete(*args, **kwargs)
        release_files([name])
        return deleted


def release_files(names: Iterable[DocumentName]) -> None:
    """Remove files after the commit, each only if no row names it then: copies of an entry share them."""
    for name in names:
        rows = Attachment._base_manager.filter(sha256=name.sha256)
        remove_document_on_commit(name.sha256, name.kind, is_used=rows.exists)


class Attached(models.Model):
    """Mixin: an entry with documents to download, in its own order."""

    attachments = GenericRelation(Attachment, content_type_field="entry_type", object_id_field="entry_id")

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Also removes, after the commit, the files of the entry and of the working copies deleted along with it."""
        entries = type(self)._base_manager.filter(Q(pk=self.pk) | Q(copy_of=self.pk)).values("pk")
        type_name = {"entry_type__app_label": self._meta.app_label, "entry_type__model": self._meta.model_name}
        names = Attachment.objects.filter(entry_id__in=entries, **type_name).names()
        deleted = super().delete(*args, **kwargs)
        release_files(names)
        return deleted


def attached_models() -> Iterator[Any]:
    """Every type with attachments; a new one joins by its mixin."""
    yield from (model for model in apps.get_models() if issubclass(model, Attached))
