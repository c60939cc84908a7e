from django.db import models
from django.utils.translation import gettext_lazy as _


class Unanswered(models.Model):
    """How often readers looked on one day for words that nothing holds. Nothing of who asked, nor when in the day."""

    day = models.DateField(_("日期"))
    words = models.CharField(_("搜索的文字"), max_length=40)
    times = models.PositiveIntegerField(_("次数"), default=1)

    class Meta:
        verbose_name = _("没有结果的搜索")
        verbose_name_plural = _("没有结果的搜索")
        ordering = ["-day", "-times", "words"]
        constraints = [models.UniqueConstraint(fields=["day", "words"], name="unanswered_once_a_day")]

    def __str__(self) -> str:
        return self.words
