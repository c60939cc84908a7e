"""The log, to read and to take away; nobody adds, changes or deletes anything here."""

import json
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseNotAllowed, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.publishing.admin.bases import ModelAdmin
from portal.publishing.admin.picker import KEY
from portal.publishing.audit import record
from portal.publishing.log_readers import may_export, readable_log
from portal.publishing.models import AuditEntry
from portal.text.csv_lines import Cell, csv_lines

CHUNK = 500
COLUMNS = (
    "number", "at", "actor_id", "actor_name", "action", "entry_type", "entry_uuid", "entry_id", "entry_title", "region_id",
    "before", "after", "edition_sha256", "reason", "request_id", "address", "previous_sha256", "sha256",
)  # fmt: skip


class AuditLogAdmin(ModelAdmin):
    list_display = ("at", "actor_name", "action", "entry_title", "reason", "address")
    list_filter = ("action",)
    search_fields = ("actor_name", "entry_title", "=request_id")
    search_help_text = _("按人员、内容标题或请求编号查找。")
    date_hierarchy = "at"
    ordering = ("-number",)
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    list_per_page = 50
    actions = None
    fields = COLUMNS
    change_list_template = "admin/trail/log.html"
    change_form_template = "admin/trail/log_row.html"

    def get_urls(self) -> list[Any]:
        export = self.admin_site.admin_view(self.export_view)
        return [path("export/", export, name="publishing_auditentry_export"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        user: Any = request.user
        return readable_log(super().get_queryset(request), user)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        return self.get_queryset(request).filter(pk=object_id).first() if KEY.fullmatch(object_id) and not from_field else None

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> tuple[QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, " ".join(search_term[:100].split()[:8]))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Everybody reads of themselves; `readable_log` says what else."""
        return bool(request.user.is_active and request.user.is_staff)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        raise Http404

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        user: Any = request.user
        context: dict[str, Any] = {"title": _("审计记录")}
        if may_export(user):
            context["export_url"] = f"{reverse('admin:publishing_auditentry_export')}?{request.GET.urlencode()}"
        return super().changelist_view(request, context | (extra_context or {}))

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """What the list shows, all pages of it, as a file; that it was taken is written down first."""
        user: Any = request.user
        if not may_export(user):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        rows = self.get_changelist_instance(request).get_queryset(request).order_by("number")
        last = record(AuditEntry.Action.EXPORTED, by=user, after={"filter": request.GET.urlencode()}).number
        lines = csv_lines(COLUMNS, _cells(rows.filter(number__lt=last)))
        name = f"audit-{timezone.localdate().isoformat()}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _cells(rows: QuerySet[Any]) -> Iterator[list[Cell]]:
    for row in rows.iterator(chunk_size=CHUNK):
        yield [_cell(getattr(row, name)) for name in COLUMNS]


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    if hasattr(value, "astimezone"):
        return timezone.localtime(value).isoformat(timespec="microseconds")
    return value if value is None or isinstance(value, int) else str(value)
