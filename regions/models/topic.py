from datetime import datetime
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from portal.publishing.addresses import entry_address
from portal.publishing.models import LIVE, FoundBy, Publishable, State
from portal.publishing.timeline import Span, merged, overlap
from regions.models.used import PublicWhenUsed, UsedQuerySet


class TopicQuerySet(UsedQuerySet):
    def published(self, at: datetime | None = None) -> Self:
        """In use itself, or the parent of a topic in use."""
        children = self.model.objects.in_public_state(at).filter(self.is_used(at), parent=OuterRef("pk"))
        return self.in_public_state(at).filter(self.is_used(at) | Q(Exists(children)))

    def for_list(self) -> Self:
        return self.select_related("region", "parent")

    def for_detail(self) -> Self:
        return self.for_list()


class Topic(PublicWhenUsed, Publishable):
    """A subject readers look for, such as housing or loans; two levels."""

    reviewed_once: ClassVar[bool] = True
    address_name = "regions:topic"
    found_by: ClassVar[FoundBy] = FoundBy(title=("name",), keys=("name_en",), gives_name=True)

    name = models.CharField(_("名称"), max_length=60, help_text=_("读者要找的事，例如“住房”。"))
    name_en = models.CharField(_("英文名称"), max_length=100, blank=True, help_text=_("例如 Housing。"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级主题"),
        help_text=_("属于哪个大主题，例如“生活保障”；没有就留空。"),
    )  # fmt: skip
    position = models.PositiveIntegerField(_("顺序"), default=0, help_text=_("数字小的排在前面，例如 1。"))

    objects = TopicQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("主题")
        verbose_name_plural = _("主题")
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["state", "position", "id"], name="topic_by_position", condition=LIVE),
            models.Index(fields=["state", "-updated_at", "-id"], name="topic_newest", condition=LIVE),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return entry_address(self.address_name, self.slug)

    def used_spans(self, at: datetime) -> list[Span]:
        """A query or two more for each published topic under it."""
        children = self.children.filter(state=State.PUBLISHED, copy_of=None)
        below = [span for child in children for span in overlap(Publishable.public_spans(child, at), child.used_spans(at))]
        return merged([*super().used_spans(at), *below])

    def clean(self) -> None:
        super().clean()
        if self.parent is not None and (self.parent_id == self.pk or self.parent.parent_id is not None):
            raise ValidationError({"parent": _("主题只分两级：上级主题必须是一个没有上级的主题。")})
