import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.publishing.models.bilingual import Bilingual


class Child(Bilingual):
    """A row that belongs to one entry and is public when its entry is.

    `uid` stays the same across working copies of the entry; `position` orders and need not be unique.
    A subclass names the foreign key to its entry in `parent_field`, and in `distinct_within_parent` the fields that no
    two children of one entry may share: forms check them as a whole, so that two children can swap values in one save.
    """

    parent_field: str
    distinct_within_parent: tuple[str, ...] = ()
    title_columns: ClassVar[tuple[str, ...]] = ("name",)
    ending_columns: ClassVar[tuple[str, ...]] = ()

    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveIntegerField(_("顺序"), default=0, help_text=_("数字小的排在前面，例如 1。"))

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    @property
    def parent(self) -> Any:
        """The entry this row belongs to; one query unless loaded."""
        return getattr(self, self.parent_field)
