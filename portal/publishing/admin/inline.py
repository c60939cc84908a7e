"""Rows edited on the page of their entry; who may edit the entry may edit its rows."""

from typing import Any

from django.http import HttpRequest

from portal.publishing.admin.asking import ask, has_page, is_overtaken
from portal.publishing.admin.bases import GenericTabularInline, StackedInline, TabularInline
from portal.publishing.admin.fields import FieldsMixin
from portal.publishing.admin.form import PortalForm
from portal.publishing.admin.formset import GenericRowsFormSet, RowsFormSet
from portal.publishing.rights import Act

MOST_ROWS = 300


class RowsInline(FieldsMixin):
    form: Any = PortalForm
    formset: Any = RowsFormSet
    extra = 1
    parent_model: Any

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        found = super().get_formset(request, obj, **kwargs)  # type: ignore[misc]  # -- of the inline mixed with
        found.absolute_max = MOST_ROWS
        return found

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return has_page(request, "add", self.parent_model)
        return bool(ask(request, Act.EDIT, obj)) or is_overtaken(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return has_page(request, "view", self.parent_model) if obj is None else bool(ask(request, Act.VIEW, obj))


class TabularRows(RowsInline, TabularInline):
    template = "admin/edit_inline/rows.html"


class StackedRows(RowsInline, StackedInline):
    pass


class GenericTabularRows(RowsInline, GenericTabularInline):
    formset: Any = GenericRowsFormSet
    template = "admin/edit_inline/rows.html"
