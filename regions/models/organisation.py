from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.publishing.addresses import entry_address
from portal.publishing.models import LIVE, AsciiKeyField, FoundBy, Publishable
from portal.publishing.partial_date_field import PartialDateField, partial_date_constraints
from portal.text.pinyin import sort_key
from regions.models.chain import leads_back
from regions.models.figure_mention import TellingQuerySet, TellsFigures
from regions.models.source import Sourced
from regions.models.topic import Topic


class OrganisationQuerySet(TellingQuerySet):
    def for_list(self) -> Self:
        return self.select_related("region", "source", "parent", "branch_of")

    def for_detail(self) -> Self:
        return self.for_list()


class Organisation(Sourced, TellsFigures, Publishable):
    """A body that issues, provides or hosts: an office, a park, a platform, a university, a bank."""

    class Kind(models.TextChoices):
        OFFICE = "office", _("机关部门")
        PARK = "park", _("园区")
        PLATFORM = "platform", _("平台")
        WORKSTATION = "workstation", _("工作站")
        STUDIO = "studio", _("工作室")
        LABORATORY = "laboratory", _("实验室")
        UNIVERSITY = "university", _("高校")
        HOSPITAL = "hospital", _("医院")
        SCHOOL = "school", _("学校")
        BANK = "bank", _("银行")
        ENTERPRISE = "enterprise", _("企业")
        ASSOCIATION = "association", _("社会组织")

    class Tier(models.TextChoices):
        NATIONAL = "national", _("国家级")
        MUNICIPAL = "municipal", _("市级")
        DISTRICT = "district", _("区县级")

    reviewed_once: ClassVar[bool] = True
    address_name = "regions:organisation"
    found_by: ClassVar[FoundBy] = FoundBy(
        title=("name",), keys=("short_name", "name_en"), body=("summary",), topics="topics", gives_name=True
    )

    name = models.CharField(_("名称"), max_length=120, help_text=_("全称，例如“中共重庆市綦江区委组织部”。"))
    name_en = models.CharField(
        _("英文名称"), max_length=200, blank=True, help_text=_("例如 Organization Department of Qijiang District。")
    )
    short_name = models.CharField(_("简称"), max_length=60, blank=True, help_text=_("例如“区委组织部”。"))
    kind = models.CharField(_("类型"), max_length=12, choices=Kind.choices, help_text=_("属于哪一类，例如“园区”。"))
    tier = models.CharField(
        _("级别"), max_length=10, choices=Tier.choices, blank=True, help_text=_("认定的级别，例如“市级”；没有就留空。")
    )
    branch_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="branches", verbose_name=_("分支自"),
        help_text=_("是哪个机构的分部，例如某国家重点实验室。"),
    )  # fmt: skip
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="members", verbose_name=_("上级或所在机构"),
        help_text=_("隶属或入驻于哪个机构，例如某园区。"),
    )  # fmt: skip
    recognised_on = PartialDateField(_("认定日期"), _("写成 2021、2021-08 或 2021-08-05；不知道就留空。"))
    valid_to = models.DateField(_("有效期至"), null=True, blank=True, help_text=_("资格到期的日期；长期有效就留空。"))
    topics = models.ManyToManyField(
        Topic, related_name="organisations", blank=True, verbose_name=_("主题"),
        help_text=_("读者会在哪些主题下找它，例如“平台”；可以不选。"),
    )  # fmt: skip
    summary = models.TextField(_("简介"), max_length=2000, blank=True, help_text=_("一两句话说明它做什么。"))
    summary_en = models.TextField(_("英文简介"), max_length=4000, blank=True, help_text=_("简介的英文译文。"))
    name_key = AsciiKeyField()

    objects = OrganisationQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("机构")
        verbose_name_plural = _("机构")
        ordering = ["name_key", "pk"]
        constraints = [*Publishable.Meta.constraints, *partial_date_constraints("recognised_on")]
        indexes = [
            models.Index(fields=["state", "name_key", "id"], name="organisation_by_name", condition=LIVE),
            models.Index(fields=["state", "-updated_at", "-id"], name="organisation_newest", condition=LIVE),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return entry_address(self.address_name, self.slug)

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.branch_of_id and leads_back(self, "branch_of"):
            errors["branch_of"] = _("“分支自”的关系绕成了圈：一个机构不能是自己的分部。")
        if self.parent_id and leads_back(self, "parent"):
            errors["parent"] = _("“上级或所在机构”的关系绕成了圈：一个机构不能隶属于自己。")
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = sort_key(self.name)
        super().save(*args, **kwargs)
