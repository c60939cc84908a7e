from typing import Any

from django.http import HttpRequest

from policies.admin.clause_choice import ClauseField, clauses_of
from policies.models import ServiceBasis, ServiceMaterial, ServicePoint, ServiceStep
from portal.publishing.admin.formset import RowsFormSet
from portal.publishing.admin.inline import TabularRows


class MaterialRows(TabularRows):
    model = ServiceMaterial
    fields = ("position", "name", "name_en", "necessity", "copies", "form", "obtainable_by_sharing")
    classes = ("collapse",)


class StepRows(TabularRows):
    model = ServiceStep
    fields = ("position", "name", "name_en", "limit", "limit_en")
    classes = ("collapse",)


class PointRows(TabularRows):
    """The few columns every place has; the rest is on its own page."""

    model = ServicePoint
    fields = ("position", "name", "address", "window", "opening_hours", "phones")
    show_change_link = True


class BasisFormSet(RowsFormSet):
    """Offers in each row the clauses of all policies chosen on the page, read once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        uses = [form for form in self.forms if "clause" in form.fields]
        clauses = clauses_of({form["policy"].value() for form in uses})
        for form in uses:
            policy = str(form["policy"].value() or "")
            form.fields["clause"].offer([clause for clause in clauses if str(clause.policy_id) == policy])

    @property
    def empty_form(self) -> Any:
        form = super().empty_form
        if "clause" in form.fields:
            form.fields["clause"].offer([])
        return form


class BasisRows(TabularRows):
    model = ServiceBasis
    formset = BasisFormSet
    fields = ("position", "policy", "clause")
    autocomplete_fields = ("policy",)
    classes = ("collapse",)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "clause":
            kwargs["form_class"] = ClauseField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
