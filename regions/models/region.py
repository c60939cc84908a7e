from datetime import date
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.publishing.addresses import entry_address
from portal.publishing.models import LIVE, AsciiKeyField, FoundBy, Publishable
from portal.publishing.prepared import Slot
from portal.text.markdown import render_markdown
from portal.text.pinyin import sort_key
from regions.models.figure_mention import TellingQuerySet, TellsFigures
from regions.models.illustrated import Illustrated
from regions.models.source import Sourced

DEEPEST = 4
"""Levels of the tree: municipality, district, and room for two below."""


class RegionQuerySet(TellingQuerySet):
    def for_list(self) -> Self:
        return self.select_related("parent__parent__parent")

    def for_detail(self) -> Self:
        return self.select_related("parent__parent__parent", "talent_office", "source")

    def in_region(self, slug: str | Slot) -> Self:
        """The region itself and the regions directly under it."""
        return self.filter(Q(slug=slug) | Q(parent__slug=slug))

    def above(self, slug: str | Slot) -> Self:
        """The regions above one, at any of the levels there can be."""
        return self.filter(Q(pk__in=self._parents(slug, 1)) | Q(pk__in=self._parents(slug, 2)) | Q(pk__in=self._parents(slug, 3)))

    def _parents(self, slug: str | Slot, levels: int) -> models.QuerySet[Any, Any]:
        path = "__".join(["parent"] * levels)
        return Region.objects.filter(slug=slug, copy_of__isnull=True).values(f"{path}__pk")

    def with_code(self, code: str, on: date) -> Self:
        """The regions that bore an administrative code on a day."""
        return self.filter(identities__code=code, identities__valid_from__lte=on, identities__valid_until__gte=on)


class Region(Sourced, Illustrated, TellsFigures, Publishable):
    """A place that attracts talent: a municipality, a district, a county, a functional zone, or a group used in rankings."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("直辖市")
        DISTRICT = "district", _("区")
        COUNTY = "county", _("县")
        AUTONOMOUS_COUNTY = "autonomous_county", _("自治县")
        FUNCTIONAL_ZONE = "functional_zone", _("功能区")
        GROUP = "group", _("片区")

    naming_columns: ClassVar[tuple[str, ...]] = ("name", "short_name")
    title_columns: ClassVar[tuple[str, ...]] = ("short_name",)
    address_name = "regions:region"
    found_by: ClassVar[FoundBy] = FoundBy(
        title=("name",), keys=("short_name", "name_en", "pinyin"), body=("summary",), gives_name=True
    )

    kind = models.CharField(_("类型"), max_length=20, choices=Kind.choices, help_text=_("行政层级，例如“区”或“自治县”。"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级地区"),
        help_text=_("行政上的上级，例如“重庆市”；直辖市留空。"),
    )  # fmt: skip
    name = models.CharField(_("名称"), max_length=60, help_text=_("法定全称，例如“秀山土家族苗族自治县”。"))
    short_name = models.CharField(_("简称"), max_length=20, help_text=_("日常叫法，例如“秀山县”。"))
    name_en = models.CharField(_("英文名称"), max_length=100, help_text=_("例如 Qijiang District。"))
    pinyin = models.CharField(_("拼音"), max_length=100, blank=True, help_text=_("例如 qíjiāng；不写就不显示。"))
    summary = models.TextField(_("介绍"), max_length=10_000, blank=True, help_text=_("几段话介绍这个地方，可用 Markdown。"))
    summary_en = models.TextField(_("英文介绍"), max_length=20_000, blank=True, help_text=_("介绍的英文译文。"))
    summary_html = models.TextField(editable=False, blank=True)
    summary_en_html = models.TextField(editable=False, blank=True)
    talent_office = models.ForeignKey(
        "regions.Organisation", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("人才工作部门"),
        help_text=_("负责人才工作的部门，例如“区委组织部”。"),
    )  # fmt: skip
    review_steps = models.PositiveSmallIntegerField(
        _("审核级数"), default=1, validators=[MinValueValidator(1), MaxValueValidator(3)],
        help_text=_("发布前要审几道，三审三校填 3。"),
    )  # fmt: skip
    position = models.PositiveIntegerField(_("顺序"), default=0, help_text=_("数字小的排在前面，例如 1。"))
    name_key = AsciiKeyField()

    objects = RegionQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("地区")
        verbose_name_plural = _("地区")
        ordering = ["position", "name_key", "pk"]
        indexes = [
            models.Index(fields=["state", "position", "name_key", "id"], name="region_by_position", condition=LIVE),
            models.Index(fields=["state", "name_key", "id"], name="region_by_name", condition=LIVE),
            models.Index(fields=["state", "-updated_at", "-id"], name="region_newest", condition=LIVE),
        ]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return entry_address(self.address_name, self.slug)

    @property
    def region(self) -> "Region":  # type: ignore[override]  # -- a region owns itself: this replaces the owner column
        live: Any = self.copy_of
        return live or self

    @property
    def region_id(self) -> int:  # type: ignore[override]  # -- the same
        return self.copy_of_id or self.pk

    def ancestors(self) -> list["Region"]:
        """The regions above, nearest first; no query after `for_list` or `for_detail`."""
        found: list[Region] = []
        above = self.parent
        while above is not None and len(found) < DEEPEST:
            found.append(above)
            above = above.parent
        return found

    def clean(self) -> None:
        super().clean()
        line = [self.parent, *self.parent.ancestors()] if self.parent else []
        if self.pk is not None and any(above.pk == self.pk for above in line):
            raise ValidationError({"parent": _("上级地区不能是它自己或它的下级。")})
        if len(line) >= DEEPEST:
            raise ValidationError({"parent": _("地区最多分四级。")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = sort_key(self.name)
        self.summary_html = render_markdown(self.summary)
        self.summary_en_html = render_markdown(self.summary_en)
        super().save(*args, **kwargs)
