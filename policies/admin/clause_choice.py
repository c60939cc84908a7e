"""Choosing a clause among those of the policy at hand; the choices are read once for all rows of a page."""

from typing import Any

from policies.models import Clause
from portal.publishing.admin.bases import ChoiceField
from portal.publishing.admin.picker import KEY


class ClauseField(ChoiceField):
    """Offers the clauses of `policies`; takes a clause of any policy, which the row's own check compares with its policy."""

    def offer(self, clauses: list[Clause]) -> None:
        self.choices = [("", "---------"), *((clause.pk, str(clause)) for clause in clauses)]

    def to_python(self, value: Any) -> Any:
        return super().to_python(value if value in self.empty_values or KEY.fullmatch(str(value)) else "0")


def clauses_of(policies: set[Any]) -> list[Clause]:
    """One query; none without policies."""
    keys = {int(key) for key in policies if KEY.fullmatch(str(key))}
    rows = Clause.objects.filter(policy__in=keys).only("pk", "number", "heading", "policy").order_by("policy", "position", "pk")
    return list(rows) if keys else []
