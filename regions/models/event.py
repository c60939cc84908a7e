from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.publishing.addresses import entry_address
from portal.publishing.models import LIVE, AsciiKeyField, FoundBy, Publishable
from portal.publishing.partial_date_field import PartialDateField, partial_date_constraints
from portal.text.pinyin import sort_key
from regions.models.figure import Figure
from regions.models.figure_mention import TellingQuerySet, TellsFigures
from regions.models.illustrated import Illustrated
from regions.models.organisation import Organisation
from regions.models.source import Sourced
from regions.models.topic import Topic

UNDATED = date(1, 1, 1)


class EventQuerySet(TellingQuerySet):
    def for_list(self) -> Self:
        return self.select_related("region", "source")

    def for_detail(self) -> Self:
        return self.select_related("region__parent__parent", "source")


class Event(Sourced, Illustrated, TellsFigures, Publishable):
    """Something that happens at a time: a forum, a course, a competition, a visit."""

    class Kind(models.TextChoices):
        FORUM = "forum", _("论坛")
        TRAINING = "training", _("培训研修")
        COMPETITION = "competition", _("竞赛")
        MATCHMAKING = "matchmaking", _("对接会")
        VISIT = "visit", _("走访服务")
        MEETING = "meeting", _("会议")
        OTHER = "other", _("其他活动")

    derived_columns: ClassVar[frozenset[str]] = frozenset({"date_key"})
    reviewed_once: ClassVar[bool] = True
    address_name = "regions:event"
    found_by: ClassVar[FoundBy] = FoundBy(
        title=("name",),
        keys=("name_en", "place"),
        body=("summary", "recurrence"),
        names=("organisers",),
        topics="topics",
        day="date_key",
    )

    name = models.CharField(_("名称"), max_length=120, help_text=_("活动名称，例如“齿轮产业高质量发展论坛”。"))
    name_en = models.CharField(_("英文名称"), max_length=200, blank=True, help_text=_("名称的英文译名。"))
    kind = models.CharField(_("类型"), max_length=11, choices=Kind.choices, help_text=_("例如“论坛”。"))
    starts = PartialDateField(_("开始"), _("第一天，写成 2021、2021-07 或 2021-07-19；不知道就留空。"))
    ends = PartialDateField(_("结束"), _("最后一天，写成 2021-07 或 2021-07-24；当天结束或不知道就留空。"))
    is_recurring = models.BooleanField(_("定期举办"), default=False, help_text=_("每年或经常举办的活动勾选，例如常设论坛。"))
    recurrence = models.CharField(
        _("举办频率"), max_length=100, blank=True, help_text=_("来源里的说法，例如“每年”“永久会址”；不知道就留空。")
    )
    recurrence_en = models.CharField(_("英文举办频率"), max_length=200, blank=True, help_text=_("举办频率的英文译文。"))
    place = models.CharField(_("地点"), max_length=120, blank=True, help_text=_("例如“长沙、韶山、井冈山”；不知道就留空。"))
    place_en = models.CharField(_("英文地点"), max_length=200, blank=True, help_text=_("地点的英文译文。"))
    organisers = models.ManyToManyField(
        Organisation,
        related_name="events",
        blank=True,
        verbose_name=pgettext_lazy("活动", "主办单位"),
        help_text=_("谁举办的，例如“县委组织部”。"),
    )
    topics = models.ManyToManyField(
        Topic, related_name="events", blank=True, verbose_name=_("主题"), help_text=_("读者会在哪些主题下找它，例如“培训”。")
    )
    figures = models.ManyToManyField(
        Figure, related_name="events", blank=True, verbose_name=_("相关数据"), help_text=_("例如参加人数。")
    )
    summary = models.TextField(_("简介"), max_length=2000, help_text=_("一两句话说明做了什么、谁参加。"))
    summary_en = models.TextField(_("英文简介"), max_length=4000, blank=True, help_text=_("简介的英文译文。"))
    date_key = models.DateField(default=UNDATED, editable=False)
    name_key = AsciiKeyField()

    objects = EventQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("活动")
        verbose_name_plural = _("活动")
        ordering = ["-date_key", "-pk"]
        constraints = [
            *Publishable.Meta.constraints,
            *partial_date_constraints("starts", "ends"),
            models.CheckConstraint(
                condition=Q(ends_from__isnull=True) | Q(starts_from__isnull=True) | Q(ends_until__gte=F("starts_from")),
                name="event_dates",
                violation_error_message=_("结束日期早于开始日期，请核对。"),
            ),
            models.CheckConstraint(
                condition=Q(ends_from__isnull=True) | Q(starts_from__isnull=False),
                name="event_end_has_start",
                violation_error_message=_("写了结束日期，也要写开始日期。"),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-date_key", "-id"], name="event_newest", condition=LIVE),
            models.Index(fields=["state", "-updated_at", "-id"], name="event_updated", condition=LIVE),
            models.Index(fields=["state", "name_key", "id"], name="event_by_name", condition=LIVE),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return entry_address(self.address_name, self.slug)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = sort_key(self.name)
        self.date_key = self.starts.first if self.starts else UNDATED
        super().save(*args, **kwargs)
