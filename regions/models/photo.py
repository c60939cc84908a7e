import re
from typing import Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.media.renditions import rendition_widths
from portal.publishing.addresses import entry_address
from portal.publishing.models import LIVE, Child, FoundBy, Publishable, PublishableQuerySet, State
from portal.publishing.partial_date_field import PartialDateField, partial_date_constraints
from portal.text.folding import fold
from regions.models.source import Sourced

FILE_NAME = re.compile(
    r"\.(jpe?g|png|webp|gif|heic|tiff?|bmp)\s*\Z|\A\s*(img|dsc|dscn|mvimg|微信图片|wx_camera)[_\d-]", re.IGNORECASE
)


class PhotoQuerySet(PublishableQuerySet):
    def for_list(self) -> Self:
        return self.select_related("region", "source")

    def for_detail(self) -> Self:
        return self.for_list()


class Photo(Sourced, Publishable):
    """A picture with its words. The master file is private; readers get renditions, and only while the photo is public."""

    class Consent(models.TextChoices):
        NOT_NEEDED = "not_needed", _("看不清任何人")
        GIVEN = "given", _("已征得同意")
        MISSING = "missing", _("尚未征得同意")

    naming_columns: ClassVar[tuple[str, ...]] = ()
    title_columns: ClassVar[tuple[str, ...]] = ("caption",)
    address_name = "regions:photo"
    found_by: ClassVar[FoundBy] = FoundBy(title=("caption",), keys=("caption_en", "place"), body=("alt", "credit"))

    sha256 = models.CharField(max_length=64, editable=False, blank=True)
    original = models.CharField(max_length=120, editable=False, blank=True)
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    caption = models.CharField(
        _("图片说明"), max_length=300, blank=True, help_text=_("谁、在哪里、做什么，例如“成都中医药专家来秀山巡诊”。")
    )
    caption_en = models.CharField(_("英文图片说明"), max_length=500, blank=True, help_text=_("图片说明的英文译文。"))
    alt = models.CharField(
        _("替代文字"), max_length=300, blank=True, help_text=_("给看不见图的人：画面上有什么，不能与图片说明相同。")
    )
    alt_en = models.CharField(_("英文替代文字"), max_length=500, blank=True, help_text=_("替代文字的英文译文。"))
    credit = models.CharField(_("图片署名"), max_length=120, blank=True, help_text=_("谁拍摄或提供，例如“区委组织部提供”。"))
    credit_en = models.CharField(_("英文署名"), max_length=200, blank=True, help_text=_("署名的英文译文。"))
    taken_on = PartialDateField(_("拍摄时间"), _("写成 2021、2021-08 或 2021-08-05；不知道就留空。"))
    place = models.CharField(_("拍摄地点"), max_length=120, blank=True, help_text=_("例如“秀山县物流园区”；不知道就留空。"))
    place_en = models.CharField(_("英文地点"), max_length=200, blank=True, help_text=_("地点的英文译文。"))
    is_illustration = models.BooleanField(_("是插画"), default=False, help_text=_("画的而不是拍的就勾选，页面会告诉读者。"))
    people_consent = models.CharField(
        _("肖像同意"), max_length=10, choices=Consent.choices, default=Consent.NOT_NEEDED,
        help_text=_("能认出人的照片要征得本人同意才能发布。"),
    )  # fmt: skip
    focal_x = models.PositiveSmallIntegerField(
        _("焦点横向 %"),
        default=50,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("画面重点离左边多远，0 到 100，例如 50。"),
    )
    focal_y = models.PositiveSmallIntegerField(
        _("焦点纵向 %"),
        default=50,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("画面重点离上边多远，0 到 100，例如 40。"),
    )

    objects = PhotoQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("图片")
        verbose_name_plural = _("图片")
        constraints = [
            *Publishable.Meta.constraints,
            *partial_date_constraints("taken_on"),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | (~Q(sha256="") & ~Q(people_consent="missing")),
                name="photo_published_has_file_and_consent",
                violation_error_message=_("发布前要上传图片；能认出人的照片还要先征得同意。"),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | (~Q(caption="") & ~Q(alt="") & ~Q(credit="")),
                name="photo_published_has_words",
                violation_error_message=_("发布前要写图片说明、替代文字和图片署名。"),
            ),
            models.CheckConstraint(
                condition=Q(alt="") | ~Q(alt=F("caption")),
                name="photo_alt_differs",
                violation_error_message=_("替代文字不能与图片说明相同：请写画面上看得见的东西。"),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-updated_at", "-id"], name="photo_newest", condition=LIVE),
            models.Index(fields=["sha256"], name="photo_by_content"),
        ]

    def __str__(self) -> str:
        return self.caption or self.slug

    def get_absolute_url(self) -> str:
        return entry_address(self.address_name, self.slug)

    @property
    def widths(self) -> tuple[int, ...]:
        return rendition_widths(self.width)

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        for name in ("alt", "alt_en"):
            if problem := alt_problem(getattr(self, name), getattr(self, name.replace("alt", "caption"))):
                errors[name] = problem
        if errors:
            raise ValidationError(errors)


def alt_problem(alt: str, caption: str) -> str:
    """What is wrong with a text alternative beside its caption, or ""."""
    if alt and len(alt) == len(caption) < 2000 and fold(alt) == fold(caption):
        return gettext("替代文字不能与图片说明相同：请写画面上看得见的东西。")
    if FILE_NAME.search(alt):
        return gettext("替代文字看起来是文件名，请用一句话写画面上有什么。")
    return ""


class PhotoUse(Child):
    """A photo shown by an entry, in the entry's order, with a caption of its own if it needs one."""

    parent_field = "entry"

    photo = models.ForeignKey(
        Photo, models.PROTECT, related_name="uses", verbose_name=_("图片"), help_text=_("从图片库里选一张，例如“电商大厦”。")
    )
    entry_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    entry_id = models.PositiveBigIntegerField()
    entry = GenericForeignKey("entry_type", "entry_id")
    caption = models.CharField(
        _("此处说明"), max_length=300, blank=True, help_text=_("在这一页用不同的说明时填写；留空用图片自己的说明。")
    )
    caption_en = models.CharField(_("英文此处说明"), max_length=500, blank=True, help_text=_("此处说明的英文译文。"))

    class Meta(Child.Meta):
        verbose_name = _("配图")
        verbose_name_plural = _("配图")
        indexes = [models.Index(fields=["entry_type", "entry_id", "position"], name="photo_use_by_entry")]
        constraints = [
            models.UniqueConstraint(
                fields=["entry_type", "entry_id", "photo"],
                name="photo_use_once",
                violation_error_message=_("这张图片已经用在这里了。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_type_id}:{self.entry_id} {self.photo_id}"
