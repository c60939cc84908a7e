import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.publishing.models.bilingual import Bilingual, LocalText
from portal.publishing.models.found_by import FoundBy
from portal.publishing.models.past_slug import PastSlug
from portal.publishing.prepared import Slot, moment
from portal.publishing.timeline import Span
from portal.search.document import Force

GRACE_DAYS = 14
"""How long readers see nothing of an entry that is due for verification: staff see it from the day on."""
FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
SLUG = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("只能用小写字母、数字和单个连字符，例如 talent-apartments。"))


class State(models.TextChoices):
    DRAFT = "draft", _("草稿")
    REVIEW = "review", _("审核中")
    APPROVED = "approved", _("已通过")
    SCHEDULED = "scheduled", _("待生效")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤回")


OPEN = (State.DRAFT, State.REVIEW, State.APPROVED)
"""Being written or reviewed; of a live entry's working copies at most one is."""
SETTLED = (State.PUBLISHED, State.WITHDRAWN)
"""Readers know the entry: it changes by a working copy only."""


LIVE = Q(copy_of__isnull=True)
"""Of which rows an index holds the order of a list. As one of its columns `copy_of` would hide the order from PostgreSQL."""


def in_public_state(at: datetime | None = None, path: str = "") -> Q:
    """The one rule of what is public at a moment: state, dates, not a working copy. `path` leads to the entry, e.g. "policy__"."""
    at = at or moment()
    rule = {"state": State.PUBLISHED, "copy_of__isnull": True, "visible_from__lte": at, "visible_until__gt": at}
    return Q(**{f"{path}{column}": value for column, value in rule.items()})


class PublishableQuerySet(models.QuerySet[Any]):
    """The named reads of every public type; `for_list` and `for_detail` carry the loading plan of page and API alike."""

    def published(self, at: datetime | None = None) -> Self:
        """What a reader may see at a moment (default: now)."""
        return self.in_public_state(at)

    def in_public_state(self, at: datetime | None = None) -> Self:
        """This row's own part of the rule. A type may ask more in `published`."""
        return self.filter(in_public_state(at))

    def linked_from(self, path: str) -> Exists:
        """A condition on other rows: `path` leads from them to one of these. Asked row by row, never listed whole."""
        return Exists(self.filter(pk=OuterRef(path)))

    def for_list(self) -> Self:
        return self.select_related("region")

    def for_detail(self) -> Self:
        return self.select_related("region")

    def in_region(self, slug: str | Slot) -> Self:
        """Owned by the region, or by one above it and applying below; no query of its own."""
        return self.filter(serves_region(self.model, slug))


def serves_region(model: type[models.Model], slug: str | Slot, path: str = "") -> Q:
    """The one rule of which regions an entry serves. `path` leads to the entry, e.g. "policy__" from its benefits."""
    field: Any = model._meta.get_field("region")
    regions = field.related_model.objects.published()
    above = regions.above(slug).values("pk")
    return Q(**{f"{path}region__in": regions.filter(slug=slug).values("pk")}) | Q(
        **{f"{path}region__in": above, f"{path}applies_below": True}
    )


class Publishable(Bilingual):
    """An entry with an address, an owner and a public life. Only `portal.publishing.lifecycle` writes it."""

    address_name: str
    """URL name of the public page, e.g. `policies:detail`."""
    reviewed_once: ClassVar[bool] = False
    """A simple type that takes one review step wherever it belongs."""
    naming_columns: ClassVar[tuple[str, ...]] = ("name",)
    """What the entry is called; like its address and owner, a change of it is never put off to a day."""
    title_columns: ClassVar[tuple[str, ...]] = ("name",)
    """What `__str__` puts together, as lookups; where all are empty, the slug stands in."""
    ending_columns: ClassVar[tuple[str, ...]] = ()
    """Last days that staff are reminded of before they come."""
    derived_columns: ClassVar[frozenset[str]] = frozenset()
    """Columns set from others at each save; they are not part of a snapshot."""
    is_public_when_used = False
    """True for a type whose entries exist for others; see `portal.publishing.standing`."""

    found_by: ClassVar[FoundBy]
    """By which of its words readers find it."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    slug = models.CharField(
        _("网址名"),
        max_length=100,
        validators=[SLUG],
        help_text=_("网址的最后一段，只用小写字母、数字和连字符，例如 talent-apartments。"),
    )
    region = models.ForeignKey(
        "regions.Region",
        models.PROTECT,
        related_name="%(class)s_entries",
        verbose_name=_("所属地区"),
        help_text=_("由哪个地区负责，例如“綦江区”。"),
    )
    applies_below = models.BooleanField(
        _("下级地区适用"), default=False, help_text=_("下级地区的读者也能享受时勾选，例如市级人才服务卡。")
    )
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT)
    visible_from = models.DateTimeField(
        _("公开时间"), default=timezone.now, help_text=_("到这个时间才对外显示（北京时间），例如 2026-01-05 09:00。")
    )
    visible_until = models.DateTimeField(
        _("下线时间"), default=FOREVER, help_text=_("到这个时间不再显示（北京时间）；一直显示就保留 9999-12-31。")
    )
    copy_of = models.ForeignKey("self", models.CASCADE, null=True, blank=True, editable=False, related_name="copies")
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")
    created_at = models.DateTimeField(_("创建时间"), auto_now_add=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")
    updated_at = models.DateTimeField(_("更新时间"), default=timezone.now, editable=False)
    first_published_at = models.DateTimeField(null=True, editable=False)
    public_updated_at = models.DateTimeField(null=True, editable=False)
    change_note = models.CharField(
        _("修改说明"), max_length=200, blank=True, help_text=_("这次改了什么，例如“更正窗口电话”；重大修改才需填写。")
    )
    withdrawn_reason = models.CharField(
        _("撤回理由"), max_length=200, blank=True, help_text=_("撤回时向读者公开的理由，例如“文件已被新办法替代”。")
    )
    last_verified_on = models.DateField(
        _("最近核实日期"), null=True, blank=True, help_text=_("最近一次与承办单位核对内容的日期；没有核对过就留空。")
    )
    review_every_days = models.PositiveIntegerField(
        _("核实周期（天）"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("到这么多天没有核实，工作台会提醒；再过 14 天仍没有核实，读者会看到“待核实”。例如 180。"),
    )

    class Meta:
        abstract = True
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(copy_of__isnull=True),
                name="%(app_label)s_%(class)s_slug_unique",
                violation_error_message=_("这个网址名已被占用，请换一个。"),
            ),
            models.UniqueConstraint(
                fields=["uuid"], condition=Q(copy_of__isnull=True), name="%(app_label)s_%(class)s_uuid_unique"
            ),
            models.UniqueConstraint(
                fields=["copy_of"], condition=Q(state__in=OPEN), name="%(app_label)s_%(class)s_one_open_copy"
            ),
            models.UniqueConstraint(
                fields=["copy_of"], condition=Q(state=State.SCHEDULED), name="%(app_label)s_%(class)s_one_scheduled_copy"
            ),
            models.CheckConstraint(
                condition=Q(visible_from__lt=F("visible_until")),
                name="%(app_label)s_%(class)s_visible_dates",
                violation_error_message=_("下线时间必须晚于公开时间。"),
            ),
        ]

    @classmethod
    def type_label(cls) -> str:
        return cls._meta.label_lower

    @property
    def is_live(self) -> bool:
        return self.copy_of_id is None  # type: ignore[attr-defined]  # -- a concrete type has it

    def is_published(self, at: datetime | None = None) -> bool:
        """The same rule as `in_public_state`, for a row in hand; a test compares the two."""
        at = at or timezone.now()
        return self.state == State.PUBLISHED and self.is_live and self.visible_from <= at < self.visible_until

    def public_spans(self, at: datetime) -> list[Span]:
        """When it is public, from a moment on, as `published` has it. A type that asks more there asks the same here."""
        is_due = self.state == State.PUBLISHED and self.is_live and self.visible_until > at
        return [Span(self.visible_from, self.visible_until)] if is_due else []

    def shown_with(self) -> list[Any]:
        """Lists of the published entries that are public only while this one is in public state."""
        return []

    def needs_verification(self, today: Any = None) -> bool:
        """What readers are told: the review period and the grace after it have run out, or nobody ever verified it."""
        today = today or timezone.localdate()
        return self.is_due_for_verification(today - timedelta(days=GRACE_DAYS + 1))

    def is_due_for_verification(self, today: date | None = None) -> bool:
        """What staff are told: the review period set for this entry is over, or nobody ever verified it."""
        if self.review_every_days is None:
            return False
        today = today or timezone.localdate()
        return self.last_verified_on is None or today >= self.last_verified_on + timedelta(days=self.review_every_days)

    def called(self, language: str) -> LocalText:
        """What a list of entries of all types calls it."""
        return self.local(self.found_by.title[0], language)

    def searched_text(self, name: str) -> str:
        """What one of its own columns adds to what it is found by."""
        return str(getattr(self, name) or "")

    def searched_force(self) -> Force:
        """Whether it is in force, for types of which that can be said."""
        return Force()

    def settle(self) -> None:
        """Write the rows that follow from this entry's own text; the lifecycle calls it once the entry is whole."""

    def dependents(self) -> Any:
        """The entries whose own columns follow from this one and its rows, such as a policy it repeals."""
        return type(self)._base_manager.none()

    def rederive(self) -> bool:
        """Set the columns that follow from other entries, without saving; True when one changed."""
        return False

    def clean(self) -> None:
        super().clean()
        taken = PastSlug.objects.filter(entry_type=self.type_label(), slug=self.slug).exclude(entry_uuid=self.uuid)
        if self.is_live and taken.exists():
            raise ValidationError({"slug": _("这个网址名曾属于另一条内容，旧链接还在使用，请换一个。")})
        if self.state == State.WITHDRAWN and not self.withdrawn_reason:
            raise ValidationError({"withdrawn_reason": _("撤回时请写明理由，读者打开原网址会看到它。")})
