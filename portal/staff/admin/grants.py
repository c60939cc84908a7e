"""The roles of a person, edited on the person's page by somebody else."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.staff.models import RoleGrant, User

if TYPE_CHECKING:
    GrantsFormSet = BaseInlineFormSet[RoleGrant, User, forms.ModelForm[RoleGrant]]
    TabularInline = admin.TabularInline[RoleGrant, User]
else:
    GrantsFormSet = BaseInlineFormSet
    TabularInline = admin.TabularInline


class DistinctGrants(GrantsFormSet):
    def clean(self) -> None:
        """Among the rows of the page; Django's own check would name columns."""
        seen = set()
        for form in self.forms:
            held = (form.cleaned_data.get("role"), form.cleaned_data.get("region")) if form.is_valid() else (None, None)
            if held[0] is None or form in self.deleted_forms:
                continue
            if held in seen:
                form.add_error("role", _("同一个角色和地区写了两行，请留一行。"))
            seen.add(held)


class GrantRows(TabularInline):
    model = RoleGrant
    formset = DistinctGrants
    fk_name = "user"
    fields = ("role", "region", "until")
    extra = 1

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and getattr(request.user, "is_superuser", False))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_of_another(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_of_another(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_of_another(request, obj)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("region")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A plain list of the regions, read once for all rows."""
        if db_field.name == "region":
            kwargs["queryset"] = db_field.remote_field.model._default_manager.filter(copy_of__isnull=True)
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.choices = [(str(key), label) for key, label in field.choices]
        return field

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Without the links that add or change a region."""
        if db_field.name == "region":
            return self.formfield_for_foreignkey(db_field, request, **kwargs)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def _is_of_another(self, request: HttpRequest, person: Any) -> bool:
        """Nobody changes their own roles."""
        return self.has_view_permission(request) and (person is None or person.pk != request.user.pk)
