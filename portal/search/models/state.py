import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchState(models.Model):
    """One row. Readers ask the tables of `generation`; while another generation is being built, what is saved goes to both.

    `progress` is how far the building has come, in the words of whoever builds. `words` is another number after every
    change of a synonym, `lexicon` after the words of titles are counted anew.
    """

    generation = models.PositiveIntegerField(default=1)
    tokenizer = models.PositiveSmallIntegerField(default=0)
    building = models.PositiveIntegerField(default=0)
    building_tokenizer = models.PositiveSmallIntegerField(default=0)
    progress = models.CharField(max_length=200, blank=True)
    documents = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(null=True)
    words = models.BigIntegerField(default=0)
    lexicon = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("索引状态")

    def __str__(self) -> str:
        return str(self.generation)

    @classmethod
    def get(cls) -> "SearchState":
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @classmethod
    def locked(cls) -> "SearchState":
        """The row, made if need be, locked until the transaction ends."""
        rows = cls.objects.select_for_update().filter(pk=1)
        return rows.first() or (cls.objects.get_or_create(pk=1) and rows.get())


def new_version() -> int:
    """A number no worker has seen: one that counts up comes again when a transaction is rolled back."""
    return secrets.randbits(62)
