from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.publishing.addresses import entry_address
from portal.publishing.models import LIVE, FoundBy, Publishable
from portal.text.markdown import render_markdown
from regions.models.figure_mention import TellingQuerySet, TellsFigures
from regions.models.illustrated import Illustrated
from regions.models.source import Sourced
from regions.models.topic import Topic


class StoryQuerySet(TellingQuerySet):
    def for_list(self) -> Self:
        return self.select_related("region", "source").defer("body", "body_en", "body_html", "body_en_html")

    def for_detail(self) -> Self:
        return self.select_related("region__parent__parent", "source")


class Story(Sourced, Illustrated, TellsFigures, Publishable):
    """Our own account of an article or of news; its numbers are figures, named as `{{figure:slug}}` and never typed."""

    telling_fields: ClassVar[tuple[str, ...]] = ("subhead", "body")
    naming_columns: ClassVar[tuple[str, ...]] = ("headline",)
    title_columns: ClassVar[tuple[str, ...]] = ("headline",)
    address_name = "regions:story"
    found_by: ClassVar[FoundBy] = FoundBy(
        title=("headline",), keys=("kicker", "headline_en"), body=("subhead", "body", "author"), topics="topics"
    )

    headline = models.CharField(_("标题"), max_length=120, help_text=_("本站自己的标题，不照抄原文，例如“28 个窗口一厅办事”。"))
    headline_en = models.CharField(_("英文标题"), max_length=200, blank=True, help_text=_("标题的英文译文。"))
    kicker = models.CharField(_("引题"), max_length=60, blank=True, help_text=_("标题上方的一行小字，例如“人才服务”；可以不写。"))
    kicker_en = models.CharField(_("英文引题"), max_length=120, blank=True, help_text=_("引题的英文译文。"))
    subhead = models.CharField(_("导语"), max_length=300, blank=True, help_text=_("一句话说清写的是什么；列表里显示。"))
    subhead_en = models.CharField(_("英文导语"), max_length=500, blank=True, help_text=_("导语的英文译文。"))
    author = models.CharField(
        _("撰写"), max_length=100, blank=True, help_text=_("谁写的这篇，例如“本站根据报道整理”；原作者写在来源里。")
    )
    author_en = models.CharField(_("英文撰写"), max_length=200, blank=True, help_text=_("撰写一栏的英文译文。"))
    topics = models.ManyToManyField(
        Topic, related_name="stories", blank=True, verbose_name=_("主题"), help_text=_("读者会在哪些主题下找它，例如“服务卡”。")
    )
    # Long texts stand last: a database that reads rows from the left need not pass over them.
    body = models.TextField(
        _("正文"),
        max_length=50_000,
        help_text=_("可用 Markdown。数字不要手写，写成 {{figure:数据的网址名}}，页面会填上数值和时间。"),
    )
    body_en = models.TextField(_("英文正文"), max_length=100_000, blank=True, help_text=_("正文的英文译文，数据写法相同。"))
    body_html = models.TextField(editable=False, blank=True)
    body_en_html = models.TextField(editable=False, blank=True)

    objects = StoryQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("报道")
        verbose_name_plural = _("报道")
        indexes = [models.Index(fields=["state", "-updated_at", "-id"], name="story_newest", condition=LIVE)]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        return entry_address(self.address_name, self.slug)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.body_html = render_markdown(self.body)
        self.body_en_html = render_markdown(self.body_en)
        super().save(*args, **kwargs)
