from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from policies.admin.clause_paste import PasteMixin
from policies.admin.policy_form import PolicyForm
from policies.admin.policy_rows import BenefitRows, ClauseRows, IssuerRows, RelationRows
from policies.models import Policy
from portal.publishing.admin.filters import OwnerFilter
from portal.publishing.admin.publication import COLLAPSED, publication
from portal.publishing.admin.searching import LONGEST
from portal.publishing.copying import Copying
from portal.text.document_number import mentioned_numbers
from portal.text.normal_form import normal_form
from regions.admin.attachment import AttachedAdmin, AttachmentRows
from regions.admin.figure_names import FigureNames
from regions.admin.photo_use import PhotoUseRows

WITHOUT_NUMBER = Copying(
    otherwise={
        "doc_number_status": Policy.NumberStatus.UNKNOWN, "doc_code": "", "doc_year": None, "doc_seq": None, "index_no": "",
    }
)  # fmt: skip
"""A document number belongs to one document."""


@admin.register(Policy)
class PolicyAdmin(PasteMixin, FigureNames, AttachedAdmin):
    form = PolicyForm
    copying = WITHOUT_NUMBER
    list_display = ("title", "number", "kind", "published_on_from", "region", "state", "updated_at")
    list_filter = ("state", "kind", "doc_number_status", OwnerFilter)
    search_fields = ("title", "title_en", "title_as_cited", "doc_code", "index_no", "slug")
    autocomplete_fields = ("region", "source", "topics", "figures", "stories")
    ordering = ("-updated_at", "-pk")
    inlines = (IssuerRows, BenefitRows, ClauseRows, RelationRows, PhotoUseRows, AttachmentRows)
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
        (_("相关数据与报道"), {"classes": COLLAPSED, "fields": ("figures", "stories")}),
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

    def found_by_number(self, text: str) -> Q | None:
        """However it is written; what stands before the code may belong to it or not."""
        found = Q()
        for code, year, seq in mentioned_numbers(normal_form(text[:LONGEST])):
            codes = [code[start:] for start in range(len(code))]
            found |= Q(doc_year=year, doc_seq=seq, **({"doc_code__in": codes} if code else {}))
        return found or None
