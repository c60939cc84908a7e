from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from policies.models.policy import Policy
from portal.publishing.models import Child

OVERRULING = ("amends", "repeals", "replaces")
"""Relations that change whether the target is in force."""


class PolicyRelation(Child):
    """How one policy stands to another; shown on both pages. No relation may lead back to where it started."""

    class Kind(models.TextChoices):
        BASED_ON = "based_on", _("依据")
        IMPLEMENTS = "implements", _("落实")
        AMENDS = "amends", _("修改")
        REPEALS = "repeals", _("废止")
        REPLACES = "replaces", _("替代")
        INTERPRETS = "interprets", _("解读")
        PART_OF = "part_of", _("属于")

    parent_field = "policy"

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="relations")
    kind = models.CharField(
        _("关系"), max_length=10, choices=Kind.choices, help_text=_("本政策对另一份政策做了什么，例如“落实”。")
    )
    target = models.ForeignKey(
        Policy, models.PROTECT, related_name="relations_in", verbose_name=_("另一份政策"), help_text=_("例如它所落实的行动计划。")
    )

    class Meta(Child.Meta):
        verbose_name = _("政策关系")
        verbose_name_plural = _("政策关系")
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "kind", "target"], name="policy_relation_once", violation_error_message=_("这条关系已经有了。")
            ),
            models.CheckConstraint(
                condition=~Q(policy=F("target")),
                name="policy_relation_not_self",
                violation_error_message=_("政策不能与自己建立关系。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy_id} {self.kind} {self.target_id}"

    def clean(self) -> None:
        super().clean()
        if self.kind in OVERRULING and self.target_id and self.policy and not self._is_within_reach():
            raise ValidationError({"target": _("只能废止、替代或修改本地区或下级地区的政策。")})
        if self.policy_id and self.target_id and self._leads_back():
            raise ValidationError({"target": _("这会让政策关系绕成圈：从“另一份政策”出发又会回到本政策。")})

    def _is_within_reach(self) -> bool:
        """Whether the target belongs to the policy's own region or to one under it; the target's regions above cost a query each."""
        owner = self.target.region
        return self.policy.region_id in {owner.pk, *(region.pk for region in owner.ancestors())}

    def _leads_back(self) -> bool:
        """Whether the target reaches this policy by relations of the same kind; one query a level."""
        frontier: set[Any] = {self.target_id}
        seen: set[Any] = set()
        while frontier:
            if self.policy_id in frontier:
                return True
            seen |= frontier
            links = PolicyRelation.objects.filter(policy__in=frontier, kind=self.kind).exclude(pk=self.pk)
            frontier = set(links.values_list("target_id", flat=True)) - seen
        return False
