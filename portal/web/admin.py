"""The pages of the site itself: what it says of itself, the words of its search, and the log of what staff did."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.publishing.admin.audit_log import AuditLogAdmin
from portal.publishing.admin.bases import ModelAdmin
from portal.publishing.admin.conflict import differences
from portal.publishing.admin.entry import read_again_when_stale
from portal.publishing.admin.fields import FieldsMixin
from portal.publishing.admin.search_words import SynonymAdmin, UnansweredAdmin
from portal.publishing.admin.versioned_form import VersionedForm
from portal.publishing.models import AuditEntry
from portal.publishing.site_settings import save_site_settings, stored_settings
from portal.search.models import Synonym, Unanswered
from portal.staff.admin import SuperusersOnly
from portal.staff.models import SiteSettings
from portal.staff.site_items import ENVIRONMENT, entered_items, missing_items


class SiteSettingsForm(VersionedForm):
    """The row counts as there from the start, so that two people who enter the first values do not overwrite each other."""

    is_new = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item, setting in ENVIRONMENT.items():
            if given := getattr(settings, setting):
                field = self.fields[item]
                instead = _("留空就显示服务器设置里的“%(given)s”。") % {"given": given}
                field.help_text = f"{field.help_text} {instead}"


@admin.register(SiteSettings)
class SiteSettingsAdmin(SuperusersOnly, FieldsMixin, ModelAdmin):
    """One page for the one row: the list and adding lead to it, and nothing can be deleted."""

    form = SiteSettingsForm
    change_form_template = "admin/staff/sitesettings/change_form.html"
    search_fields = ("name",)
    ordering = ("pk",)
    fieldsets = (
        (_("名称"), {"fields": ("name", "name_en")}),
        (_("主办单位与联系"), {"fields": ("organiser", "organiser_en", "contact", "contact_en")}),
        (_("登记"), {"fields": ("id_code", "icp", "police_record")}),
    )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> SiteSettings | None:
        return stored_settings() if object_id == "1" and from_field in (None, "id") else None

    def save_model(self, request: HttpRequest, obj: SiteSettings, form: Any, change: bool) -> None:
        save_site_settings(obj, by=request.user, expected_version=form.read_version)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        form = context["adminform"].form
        if form.is_stale:
            context["differences"] = differences(form, [])
        context["missing"] = missing_items(entered_items())
        return super().render_change_form(request, context, *args, **kwargs)

    @read_again_when_stale
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return super().changeform_view(request, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return self._to_the_page(request)

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return self._to_the_page(request)

    def _to_the_page(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:staff_sitesettings_change", args=[1]))


admin.site.register(Synonym, SynonymAdmin)
admin.site.register(Unanswered, UnansweredAdmin)
admin.site.register(AuditEntry, AuditLogAdmin)
