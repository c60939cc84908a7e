from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from policies.models.validity import ALWAYS, NEVER, Force, Validity, condense, in_force_on, validity_expression, validity_on
from portal.publishing.addresses import entry_address
from portal.publishing.models import LIVE, AsciiKeyField, FoundBy, Publishable, State
from portal.publishing.partial_date_field import PartialDateField, partial_date_constraints
from portal.search.document import Force as Known
from portal.text.document_number import DocumentNumber
from portal.text.markdown import render_markdown
from portal.text.pinyin import sort_key
from regions.models import Attached, Figure, Illustrated, Organisation, Sourced, Story, TellingQuerySet, TellsFigures, Topic

REPEALING = ("repeals", "replaces")
COUNTED = (
    "copy_of", "visible_until", "visible_from", "region", "applies_below", "kind",
    "force_from", "force_until", "during_force", "after_force",
)  # fmt: skip


class PolicyQuerySet(TellingQuerySet):
    def for_list(self) -> Self:
        return self.select_related("region").defer("body", "body_en", "body_html", "body_en_html")

    def for_detail(self) -> Self:
        return self.select_related("region__parent__parent", "source")

    def effective_on(self, on: date) -> Self:
        """In force on a day, as far as is known: two comparisons."""
        return self.filter(in_force_on(on))

    def with_validity(self, on: date | None = None) -> Self:
        return self.annotate(validity_then=validity_expression(on or timezone.localdate()))


class Policy(Sourced, Illustrated, Attached, TellsFigures, Publishable):
    """A document, plan, fund or set of measures that grants talented people something."""

    class Kind(models.TextChoices):
        PLAN = "plan", _("方案、规划")
        MEASURES = "measures", _("办法、措施")
        NOTICE = "notice", _("通知")
        OPINION = "opinion", _("意见")
        FUND = "fund", _("基金、经费")
        PROGRAMME = "programme", _("计划、项目")
        MEASURES_SET = "measures_set", _("政策组合")

    class NumberStatus(models.TextChoices):
        GIVEN = "given", _("有文号")
        NONE = "none", _("没有文号")
        NOT_PUBLIC = "not_public", _("文号不公开")
        UNKNOWN = "unknown", _("文号不详")

    class OrganType(models.TextChoices):
        PARTY = "party", _("党委机关")
        GOVERNMENT = "government", _("政府")
        DEPARTMENT = "department", _("部门")

    class Genre(models.TextChoices):
        NOTICE = "notice", _("通知")
        OPINION = "opinion", _("意见")
        MEASURES = "measures", _("办法")
        PLAN = "plan", _("方案")
        ANNOUNCEMENT = "announcement", _("公告")
        OTHER = "other", _("其他公文")

    telling_fields: ClassVar[tuple[str, ...]] = ("summary", "body")
    derived_columns: ClassVar[frozenset[str]] = frozenset(
        {"force_from", "force_until", "during_force", "after_force", "date_key"}
    )
    naming_columns: ClassVar[tuple[str, ...]] = ("title",)
    title_columns: ClassVar[tuple[str, ...]] = ("title",)
    ending_columns: ClassVar[tuple[str, ...]] = ("effective_until", "plan_until")
    address_name = "policies:detail"
    found_by: ClassVar[FoundBy] = FoundBy(
        title=("title",),
        keys=("title_as_cited", "document_number", "index_no", "title_en"),
        body=("summary", "body"),
        rows={
            "clauses": ("heading", "text"),
            "benefits": ("name", "conditions", "formula_text"),
            "attachments": ("title",),
        },
        anchors={"clauses": ("art-", "number"), "benefits": ("benefit-", "slug")},
        names=("issuers",),
        topics="topics",
        day="date_key",
    )

    title = models.CharField(_("标题"), max_length=200, help_text=_("文件的正式标题，例如“綦江区人才公寓管理暂行办法”。"))
    title_en = models.CharField(_("英文标题"), max_length=300, blank=True, help_text=_("标题的英文译名。"))
    title_as_cited = models.CharField(
        _("引用时的写法"), max_length=200, blank=True, help_text=_("来源里的写法与正式标题不同时照录，例如“人才新政十条”。")
    )
    kind = models.CharField(_("类型"), max_length=12, choices=Kind.choices, help_text=_("例如“办法”。"))
    doc_number_status = models.CharField(
        _("文号情况"),
        max_length=10,
        choices=NumberStatus.choices,
        default=NumberStatus.UNKNOWN,
        help_text=_("找不到文号时选“文号不详”，不要编造。"),
    )
    doc_code = models.CharField(_("机关代字"), max_length=24, blank=True, help_text=_("例如“渝府发”。"))
    doc_year = models.PositiveSmallIntegerField(
        _("年份"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1949), MaxValueValidator(2100)],
        help_text=_("例如 2021。"),
    )
    doc_seq = models.PositiveIntegerField(
        _("序号"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("例如 1。")
    )
    index_no = models.CharField(
        _("索引号"), max_length=40, blank=True,
        validators=[RegexValidator(r"^([0-9A-Z]{18}|[0-9]{9})/[0-9]{4}-[0-9]{5}\Z", _("索引号形如 11500114009130039C/2024-00003。"))],
        help_text=_("信息公开目录里的编号，例如 11500114009130039C/2024-00003；没有就留空。"),
    )  # fmt: skip
    issuers = models.ManyToManyField(
        Organisation, through="policies.PolicyIssuer", related_name="policies", verbose_name=_("发布机构")
    )
    issuer_unknown = models.BooleanField(_("发布机构不详"), default=False, help_text=_("来源没有说明由谁发布时勾选。"))
    organ_type = models.CharField(
        _("机关类别"),
        max_length=10,
        choices=OrganType.choices,
        blank=True,
        help_text=_("党委文件不要标成政府文件；不清楚就留空。"),
    )
    genre = models.CharField(
        _("体裁"), max_length=12, choices=Genre.choices, blank=True, help_text=_("公文的体裁，例如“办法”；不清楚就留空。")
    )
    topics = models.ManyToManyField(
        Topic, related_name="policies", verbose_name=_("主题"), help_text=_("读者会在哪些主题下找它，例如“住房”。")
    )
    figures = models.ManyToManyField(
        Figure,
        related_name="policies",
        blank=True,
        verbose_name=_("相关数据"),
        help_text=_("反映这项政策成效的数据，例如“引进人才 516 名”。"),
    )
    stories = models.ManyToManyField(
        Story, related_name="policies", blank=True, verbose_name=_("相关报道"), help_text=_("讲到这项政策的报道。")
    )
    signed_on = PartialDateField(_("成文日期"), _("落款日期，写成 2021-08-05 或 2021-08；不知道就留空。"))
    published_on = PartialDateField(_("发布日期"), _("公开发布的日期，写成 2021-08-05 或 2021-08；不知道就留空。"))
    effective_from = models.DateField(
        _("施行日期"), null=True, blank=True, help_text=_("开始生效的日期，例如 2021-09-01；不知道就留空。")
    )
    effective_until = models.DateField(
        _("有效期至"), null=True, blank=True, help_text=_("最后有效的一天，例如 2026-08-31；没有写明就留空。")
    )
    plan_from = models.DateField(
        _("规划期起"), null=True, blank=True, help_text=_("规划期的第一天，例如 2019-01-01；可以早于发文。")
    )
    plan_until = models.DateField(_("规划期止"), null=True, blank=True, help_text=_("规划期的最后一天，例如 2022-12-31。"))
    validity_override = models.CharField(
        _("有效性（人工认定）"),
        max_length=10,
        choices=Validity.choices,
        blank=True,
        help_text=_("按日期算出的有效性不对时才选，并写明理由。"),
    )
    validity_reason = models.CharField(
        _("认定理由"), max_length=300, blank=True, help_text=_("例如“2023 年清理规范性文件时宣布失效”。")
    )
    validity_reason_en = models.CharField(_("英文认定理由"), max_length=500, blank=True, help_text=_("认定理由的英文译文。"))
    summary = models.TextField(
        _("摘要"), max_length=2000, help_text=_("一两句话说明谁能得到什么，例如“在綦工作的高层次人才可申请入住人才公寓”。")
    )
    summary_en = models.TextField(_("英文摘要"), max_length=4000, blank=True, help_text=_("摘要的英文译文。"))
    force_from = models.DateField(default=NEVER, editable=False)
    force_until = models.DateField(default=NEVER, editable=False)
    during_force = models.CharField(max_length=10, choices=Validity.choices, default=Validity.IN_FORCE, editable=False)
    after_force = models.CharField(max_length=10, choices=Validity.choices, default=Validity.EXPIRED, editable=False)
    date_key = models.DateField(default=ALWAYS, editable=False)
    title_key = AsciiKeyField()
    # Long texts stand last: a database that reads rows from the left need not pass over them.
    body = models.TextField(_("正文"), max_length=200_000, blank=True, help_text=_("条款以外的正文，可用 Markdown。"))
    body_en = models.TextField(_("英文正文"), max_length=400_000, blank=True, help_text=_("正文的英文译文。"))
    body_html = models.TextField(editable=False, blank=True)
    body_en_html = models.TextField(editable=False, blank=True)

    objects = PolicyQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("政策")
        verbose_name_plural = _("政策")
        ordering = ["-date_key", "-pk"]
        constraints = [
            *Publishable.Meta.constraints,
            *partial_date_constraints("signed_on", "published_on"),
            models.UniqueConstraint(
                fields=["doc_code", "doc_year", "doc_seq"],
                condition=Q(doc_number_status="given", copy_of__isnull=True),
                name="policy_doc_number_unique",
                violation_error_message=_("这个发文字号已属于另一份政策。"),
            ),
            models.CheckConstraint(
                condition=Q(doc_number_status="given", doc_year__isnull=False, doc_seq__isnull=False) & ~Q(doc_code="")
                | ~Q(doc_number_status="given") & Q(doc_code="", doc_year__isnull=True, doc_seq__isnull=True),
                name="policy_doc_number_whole",
                violation_error_message=_("选“有文号”时要填完整的发文字号；没有或不详时请清空文号。"),
            ),
            models.CheckConstraint(
                condition=Q(effective_from__isnull=True)
                | Q(effective_until__isnull=True)
                | Q(effective_from__lte=F("effective_until")),
                name="policy_effective_dates",
                violation_error_message=_("有效期至不能早于施行日期。"),
            ),
            models.CheckConstraint(
                condition=Q(plan_from__isnull=True) | Q(plan_until__isnull=True) | Q(plan_from__lte=F("plan_until")),
                name="policy_plan_dates",
                violation_error_message=_("规划期止不能早于规划期起。"),
            ),
            models.CheckConstraint(
                condition=Q(validity_override="") | ~Q(validity_reason=""),
                name="policy_override_has_reason",
                violation_error_message=_("人工认定有效性时请写明理由。"),
            ),
        ]
        indexes = [
            # Holds all that counting and filtering ask, so that they never touch the rows.
            models.Index(fields=["state", "-date_key", "-id", *COUNTED], name="policy_newest", condition=LIVE),
            models.Index(fields=["state", "-updated_at", "-id"], name="policy_updated", condition=LIVE),
            models.Index(fields=["state", "title_key", "id"], name="policy_by_title", condition=LIVE),
            models.Index(fields=["region", "state", "-date_key", "-id"], name="policy_by_region", condition=LIVE),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return entry_address(self.address_name, self.slug)

    @property
    def document_number(self) -> DocumentNumber | None:
        if self.doc_number_status != self.NumberStatus.GIVEN or self.doc_year is None or self.doc_seq is None:
            return None
        return DocumentNumber(self.doc_code, self.doc_year, self.doc_seq)

    @property
    def force(self) -> Force:
        return Force(self.force_from, self.force_until, Validity(self.during_force), Validity(self.after_force))

    def validity(self, on: date | None = None) -> Validity:
        """Whether the policy is in force on a day (default: today), as far as is known."""
        return validity_on(self.force, on or timezone.localdate())

    def searched_force(self) -> Known:
        start, end = (models.DateField().to_python(day) for day in (self.force_from, self.force_until))
        before = Validity.UNKNOWN if start == NEVER else Validity.NOT_YET
        return Known(start, end, before, self.during_force, self.after_force)

    def clean(self) -> None:
        super().clean()
        if self.effective_from and self.signed_on and self.effective_from < self.signed_on.first:
            raise ValidationError({"effective_from": _("施行日期早于成文日期，请核对。")})

    def dependents(self) -> Any:
        """The policies this one repeals, replaces or amends."""
        return Policy.objects.filter(relations_in__policy=self.pk, relations_in__kind__in=(*REPEALING, "amends")).distinct()

    def rederive(self) -> bool:
        before = self.force
        self._condense_force()
        return self.force != before

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.title_key = sort_key(self.title)
        self.body_html = render_markdown(self.body)
        self.body_en_html = render_markdown(self.body_en)
        known = self.published_on or self.signed_on
        self.date_key = known.first if known else (self.effective_from or self.plan_from or ALWAYS)
        self._condense_force()
        super().save(*args, **kwargs)

    def _condense_force(self) -> None:
        """One query for the policies that repeal or amend this one, those published for later from their day on."""
        relations = list(self._relations_to_here()) if self.pk else []
        repealed = [_known_from(day, shown) for kind, day, shown in relations if kind in REPEALING and day is not None]
        force = condense(
            effective_from=self.effective_from,
            effective_until=self.effective_until,
            plan_until=self.plan_until,
            override=self.validity_override,
            repealed_on=min(repealed, default=None),
            is_amended=any(kind == "amends" and shown <= timezone.now() for kind, _day, shown in relations),
        )
        self.force_from, self.force_until = force.force_from, force.force_until
        self.during_force, self.after_force = force.during, force.after

    def _relations_to_here(self) -> Any:
        newer = self.relations_in.filter(policy__state=State.PUBLISHED, policy__copy_of__isnull=True)
        return newer.values_list("kind", "policy__effective_from", "policy__visible_from")


def _known_from(day: date, shown: datetime) -> date:
    """The day from which a reader may be told: not before the text that says so is public."""
    return day if shown <= timezone.now() else max(day, timezone.localdate(shown))
