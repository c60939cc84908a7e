from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from policies.admin.clause_choice import ClauseField, clauses_of
from policies.models import Benefit
from portal.publishing.admin.child import ChildAdmin
from portal.publishing.admin.filters import OwnerFilter
from portal.publishing.admin.publication import COLLAPSED
from portal.publishing.admin.versioned_form import ChildForm
from portal.publishing.models import State


class BenefitForm(ChildForm):
    constraint_places = {"benefit_slug_unique": "slug"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clause: Any = self.fields.get("clause")
        if clause is not None:
            policy = self["policy"].value() if "policy" in self.fields else self.instance.policy_id
            clause.offer(clauses_of({policy}))


class PolicyOwnerFilter(OwnerFilter):
    path = "policy__region"


class PolicyStateFilter(admin.SimpleListFilter):
    title = _("政策状态")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return State.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(policy__state=self.value()) if self.value() else queryset


@admin.register(Benefit)
class BenefitAdmin(ChildAdmin):
    form = BenefitForm
    list_display = ("name", "kind", "beneficiary", "amount_min", "amount_max", "policy", "region", "state")
    list_filter = (PolicyStateFilter, "kind", "beneficiary", PolicyOwnerFilter)
    list_select_related = ("policy__region",)
    form_relations = ("policy__region", "policy__created_by", "policy__updated_by")
    search_fields = ("name", "name_en", "slug", "policy__title")
    autocomplete_fields = ("policy", "service")
    ordering = ("policy", "position", "pk")
    fieldsets = (
        (
            _("待遇"),
            {
                "fields": (
                    "policy",
                    ("name", "name_en"),
                    "slug",
                    ("kind", "beneficiary"),
                    ("amount_min", "amount_max"),
                    ("formula_text", "formula_text_en"),
                    ("frequency", "mode"),
                    ("conditions", "conditions_en"),
                    ("window_from", "window_until"),
                    "clause",
                    "service",
                )
            },
        ),
        (
            _("名额与叠加"),
            {
                "classes": COLLAPSED,
                "fields": (("quota", "closes_when_exhausted"), ("stacking_group", "stacking_rule"), "position"),
            },
        ),
    )

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "clause":
            kwargs["form_class"] = ClauseField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("所属地区"), ordering="policy__region")
    def region(self, benefit: Benefit) -> str:
        return str(benefit.policy.region)

    @admin.display(description=_("政策状态"), ordering="policy__state")
    def state(self, benefit: Benefit) -> str:
        return str(benefit.policy.get_state_display())
