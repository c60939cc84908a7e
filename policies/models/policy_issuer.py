from django.db import models
from django.utils.translation import gettext_lazy as _

from policies.models.policy import Policy
from regions.models import Organisation


class PolicyIssuer(models.Model):
    """One of the organisations that issued a policy together, in the order of the document."""

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="issuing")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="issuing", verbose_name=_("机构"), help_text=_("例如“区委组织部”。")
    )
    position = models.PositiveIntegerField(_("顺序"), default=0, help_text=_("联合行文时的排列顺序，例如 1。"))

    class Meta:
        verbose_name = _("发布机构")
        verbose_name_plural = _("发布机构")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "organisation"],
                name="policy_issuer_once",
                violation_error_message=_("这个机构已经在发布机构里。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.policy_id}:{self.organisation_id}"
