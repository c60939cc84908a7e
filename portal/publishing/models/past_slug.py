from django.db import models
from django.utils.translation import gettext_lazy as _


class PastSlug(models.Model):
    """An address an entry had before; it redirects for ever and is never given to another entry."""

    entry_type = models.CharField(max_length=40)
    slug = models.SlugField(max_length=100)
    entry_uuid = models.UUIDField()
    replaced_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("旧地址")
        constraints = [models.UniqueConstraint(fields=["entry_type", "slug"], name="past_slug_unique")]

    def __str__(self) -> str:
        return f"{self.entry_type} {self.slug}"
