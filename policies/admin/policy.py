from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from policies.admin.policy_form import PolicyForm
from policies.admin.policy_rows import BenefitRows, ClauseRows, IssuerRows, RelationRows
from policies.models import Policy
from portal.publishing.admin.entry import EntryAdmin
from portal.publishing.admin.filters import OwnerFilter
from portal.publishing.admin.publication import COLLAPSED, publication
from regions.admin.photo_use import PhotoUseRows


@admin.register(Policy)
class PolicyAdmin(EntryAdmin):
    form = PolicyForm
    list_display = ("title", "number", "kind", "published_on_from", "region", "state", "updated_at")
    list_filter = ("state", "kind", "doc_number_status", OwnerFilter)
    search_fields = ("title", "title_en", "title_as_cited", "doc_code", "index_no", "slug")
    autocomplete_fields = ("region", "source", "topics", "figures")
    ordering = ("-updated_at", "-pk")
    inlines = (IssuerRows, BenefitRows, ClauseRows, RelationRows, PhotoUseRows)
    fieldsets = (
        (
            _("文件"),
            {
                "fields": (
                    "index_no",
                    ("document_number", "doc_number_status"),
                    "topics",
                    ("genre", "kind"),
                    ("signed_on", "published_on"),
                    ("title", "title_en"),
                    "title_as_cited",
                    ("issuer_unknown", "organ_type"),
                )
            },
        ),
        (
            _("有效性"),
            {
                "fields": (
                    ("effective_from", "effective_until"),
                    ("plan_from", "plan_until"),
                    "validity_override",
                    ("validity_reason", "validity_reason_en"),
                )
            },
        ),
        (_("内容"), {"fields": (("summary", "summary_en"), ("body", "body_en"), "source")}),
        (_("相关数据"), {"classes": COLLAPSED, "fields": ("figures",)}),
        *publication(),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """Lists do without the long texts."""
        rows = super().get_queryset(request)
        is_list = request.resolver_match is not None and request.resolver_match.url_name == "policies_policy_changelist"
        return rows.defer("body", "body_en", "body_html", "body_en_html") if is_list and request.method == "GET" else rows

    @admin.display(description=_("发文字号"), ordering="doc_code")
    def number(self, policy: Policy) -> str:
        return str(policy.document_number or "")
