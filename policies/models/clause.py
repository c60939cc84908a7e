from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from policies.models.policy import Policy
from portal.publishing.models import Child


class Clause(Child):
    """An article of a policy; readers and benefits point to it by its anchor `art-<number>`."""

    parent_field = "policy"
    distinct_within_parent = ("number",)

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="clauses")
    number = models.CharField(
        _("编号"), max_length=10, validators=[RegexValidator(r"^[0-9]+(-[0-9]+)?\Z", _("编号用阿拉伯数字，例如 3 或 3-1。"))],
        help_text=_("第几条，用阿拉伯数字，例如 3。"),
    )  # fmt: skip
    heading = models.CharField(_("条标"), max_length=120, blank=True, help_text=_("这一条的小标题，例如“适用范围”；没有就留空。"))
    heading_en = models.CharField(_("英文条标"), max_length=200, blank=True, help_text=_("条标的英文译文。"))
    text = models.TextField(_("条文"), max_length=20_000, help_text=_("条文原文，不含“第三条”三个字。"))
    text_en = models.TextField(_("英文条文"), max_length=40_000, blank=True, help_text=_("条文的英文译文。"))

    class Meta(Child.Meta):
        verbose_name = _("条款")
        verbose_name_plural = _("条款")

    def __str__(self) -> str:
        return _g("第%(number)s条 %(heading)s") % {"number": self.number, "heading": self.heading}

    @property
    def anchor(self) -> str:
        return f"art-{self.number}"
