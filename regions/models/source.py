from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.publishing.addresses import entry_address
from portal.publishing.models import LIVE, FoundBy, Publishable
from portal.publishing.partial_date_field import PartialDateField, partial_date_constraints
from regions.models.used import PublicWhenUsed, UsedQuerySet


class Source(PublicWhenUsed, Publishable):
    """Where a fact was published: an article, a document, a statistical bulletin, an office."""

    class Kind(models.TextChoices):
        PRESS = "press", _("报刊")
        DOCUMENT = "document", _("文件")
        STATISTICS = "statistics", _("统计")
        OFFICE = "office", _("部门提供")

    naming_columns: ClassVar[tuple[str, ...]] = ("title",)
    title_columns: ClassVar[tuple[str, ...]] = ("title",)
    reviewed_once: ClassVar[bool] = True
    address_name = "regions:source"
    found_by: ClassVar[FoundBy] = FoundBy(title=("title",), keys=("title_en", "outlet"), body=("issued_note",))

    title = models.CharField(_("标题"), max_length=200, help_text=_("来源的原标题，例如“统计公报”。"))
    title_en = models.CharField(
        _("英文标题"), max_length=300, blank=True, help_text=_("标题的英文译名，例如 Statistical bulletin。")
    )
    kind = models.CharField(_("类型"), max_length=10, choices=Kind.choices, help_text=_("来源属于哪一类，例如“报刊”。"))
    outlet = models.CharField(
        _("发布媒体或单位"), max_length=120, blank=True, help_text=_("谁发布的，例如“市统计局”；不知道就留空。")
    )
    outlet_en = models.CharField(
        _("英文发布单位"), max_length=200, blank=True, help_text=_("例如 Municipal Bureau of Statistics。")
    )
    issued = PartialDateField(_("发布日期"), _("来源的发布日期，写成 2021、2021-H2、2021-08 或 2021-08-05；不知道就留空。"))
    issued_note = models.CharField(
        _("日期说明"), max_length=300, blank=True, help_text=_("日期是推断的时候写明理由，例如“按文中内容推断”。")
    )
    issued_note_en = models.CharField(
        _("英文日期说明"), max_length=300, blank=True, help_text=_("例如 Inferred from its content.")
    )
    byline = models.CharField(_("作者"), max_length=100, blank=True, help_text=_("署名，例如“贺娜 费睿”。"))
    photo_credit = models.CharField(
        _("图片来源"), max_length=120, blank=True, help_text=_("原文图片的署名，例如“区委组织部提供”。")
    )
    url = models.URLField(_("网址"), blank=True, help_text=_("原文网址，例如 https://www.cq.gov.cn/…；没有就留空。"))
    locator = models.CharField(_("版面或段落"), max_length=100, blank=True, help_text=_("在来源中的位置，例如“第 3 版”。"))

    objects = UsedQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("来源")
        verbose_name_plural = _("来源")
        constraints = [*Publishable.Meta.constraints, *partial_date_constraints("issued")]
        indexes = [models.Index(fields=["state", "-updated_at", "-id"], name="source_newest", condition=LIVE)]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return entry_address(self.address_name, self.slug)


class Sourced(models.Model):
    """Mixin: an entry whose facts come from one Source."""

    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(app_label)s_%(class)s_set",
        verbose_name=_("来源"),
        help_text=_("这条内容的出处，例如报纸上的一篇报道。"),
    )

    class Meta:
        abstract = True
