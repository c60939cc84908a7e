from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from portal.search.models.state import SearchState, new_version
from portal.text.normal_form import normal_form

MAX_EQUIVALENTS = 12


class Synonym(models.Model):
    """Words that find one another. A change takes effect with the next search; nothing is indexed anew."""

    term = models.CharField(_("词"), max_length=40, unique=True, help_text=_("读者输入的说法，例如“公租房”。"))
    equivalents = models.CharField(
        _("同义词"), max_length=300, help_text=_("也要找到的说法，用顿号分开，例如“人才公寓、安居房”。")
    )
    both_ways = models.BooleanField(
        _("双向"), default=True, help_text=_("搜索右边的词也找到左边的词时勾选；错别字和旧称不要勾选。")
    )
    is_active = models.BooleanField(_("启用"), default=True, help_text=_("不再使用就取消勾选，不必删除。"))

    class Meta:
        verbose_name = _("同义词")
        verbose_name_plural = _("同义词")
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term

    @property
    def others(self) -> list[str]:
        return split_words(self.equivalents)

    def clean(self) -> None:
        super().clean()
        others = [normal_form(one) for one in self.others]
        if len(normal_form(self.term).strip()) < 2 or any(len(one) < 2 for one in others):
            raise ValidationError(_("一个字太短，会找到不相干的内容；请至少写两个字。"))
        if not others or len(others) > MAX_EQUIVALENTS:
            raise ValidationError({"equivalents": _("请写 1 到 %(most)d 个同义词，用顿号分开。") % {"most": MAX_EQUIVALENTS}})
        if normal_form(self.term).strip() in others:
            raise ValidationError({"equivalents": _("同义词里不要再写这个词本身。")})

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        words_changed()

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> Any:
        deleted = super().delete(*args, **kwargs)
        words_changed()
        return deleted


def words_changed() -> None:
    """Every worker reads the synonyms again; call it after writing many rows at once."""
    SearchState.locked()
    SearchState.objects.update(words=new_version())


def split_words(text: str) -> list[str]:
    for mark in "，,；;|\n":
        text = text.replace(mark, "、")
    return [one for word in text.split("、") if (one := word.strip())]
