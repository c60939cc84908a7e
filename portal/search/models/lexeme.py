from django.db import models
from django.utils.translation import gettext_lazy as _


class TermCount(models.Model):
    """In how many documents a pair of characters stands; counted when the index is rebuilt, and nightly."""

    term = models.CharField(max_length=8, primary_key=True)
    documents = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("用字统计")

    def __str__(self) -> str:
        return f"{self.term} {self.documents}"


class Lexeme(models.Model):
    """A word of titles: offered while typing, and taken for what was mistyped."""

    term = models.CharField(max_length=24, unique=True)
    reading = models.CharField(max_length=80, blank=True)
    initials = models.CharField(max_length=24, blank=True)
    weight = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("词")

    def __str__(self) -> str:
        return self.term
