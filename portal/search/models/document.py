from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchDocument(models.Model):
    """One thing readers can find: what it is and when it is public. Its words stand in `SearchText`, so that rows stay narrow.

    Days are ordinals. `generation`: the newest tables that hold its tokens. `topics` and `names` are written `,3,17,` and ` regions.region-3 `; see `portal.search.document`.
    """

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    region = models.BigIntegerField(default=0)
    applies_below = models.BooleanField(default=False)
    topics = models.CharField(max_length=500, blank=True)
    published_on = models.IntegerField(default=1)
    force_from = models.IntegerField(default=1)
    force_until = models.IntegerField(default=1)
    status_before = models.CharField(max_length=10, blank=True)
    status_during = models.CharField(max_length=10, blank=True)
    status_after = models.CharField(max_length=10, blank=True)
    visible_from = models.DateTimeField()
    visible_until = models.DateTimeField()
    generation = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("搜索条目")
        verbose_name_plural = _("搜索条目")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_document_once")]

    def __str__(self) -> str:
        return f"{self.kind}-{self.object_id}"


class SearchText(models.Model):
    """The words of a document in normal form: what is indexed and what is scored. `label` is the title as written."""

    document = models.OneToOneField(SearchDocument, models.CASCADE, primary_key=True, related_name="text")
    label = models.TextField(blank=True)
    title = models.TextField(blank=True)
    keys = models.TextField(blank=True)
    readings = models.TextField(blank=True)
    names = models.TextField(blank=True)
    body = models.TextField(blank=True)

    class Meta:
        verbose_name = _("搜索文字")
        verbose_name_plural = _("搜索文字")

    def __str__(self) -> str:
        return self.label
