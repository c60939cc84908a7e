from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from policies.models.clause import Clause
from policies.models.policy import Policy
from policies.models.service import Service
from portal.publishing.models import Child


class ServiceBasis(Child):
    """The policy, and the clause if one is known, that a service rests on."""

    parent_field = "service"

    service = models.ForeignKey(Service, models.CASCADE, related_name="bases")
    policy = models.ForeignKey(
        Policy,
        models.PROTECT,
        related_name="service_bases",
        verbose_name=_("依据的政策"),
        help_text=_("例如“綦江区人才公寓管理暂行办法”。"),
    )
    clause = models.ForeignKey(
        Clause,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("条款"),
        help_text=_("写在哪一条；不知道就留空。"),
    )

    class Meta(Child.Meta):
        verbose_name = _("依据")
        verbose_name_plural = _("依据")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "policy", "clause"], name="service_basis_once", violation_error_message=_("这条依据已经有了。")
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_id}:{self.policy_id}"

    def clean(self) -> None:
        super().clean()
        if self.clause and self.policy_id and self.clause.policy_id != self.policy_id:
            raise ValidationError({"clause": _("这一条不属于所选的政策。")})
