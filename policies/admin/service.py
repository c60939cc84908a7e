from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from policies.admin.service_rows import BasisRows, MaterialRows, PointRows, StepRows
from policies.models import Service
from portal.publishing.admin.filters import OwnerFilter
from portal.publishing.admin.publication import COLLAPSED, publication
from portal.publishing.admin.versioned_form import EntryForm
from regions.admin.attachment import AttachedAdmin, AttachmentRows
from regions.admin.photo_use import PhotoUseRows


class ServiceForm(EntryForm):
    constraint_places = {"service_days_have_unit": "day_unit"}


@admin.register(Service)
class ServiceAdmin(AttachedAdmin):
    form = ServiceForm
    list_display = ("name", "kind", "provider", "audience", "status", "region", "state", "updated_at")
    list_filter = ("state", "kind", "status", OwnerFilter)
    list_select_related = ("region", "provider")
    search_fields = ("name", "name_en", "slug", "provider__name")
    autocomplete_fields = ("region", "source", "provider", "topics")
    ordering = ("-updated_at", "-pk")
    inlines = (PointRows, MaterialRows, StepRows, BasisRows, PhotoUseRows, AttachmentRows)
    fieldsets = (
        (
            _("服务"),
            {
                "fields": (
                    ("name", "name_en"),
                    ("kind", "audience"),
                    "topics",
                    "provider",
                    ("summary", "summary_en"),
                    ("conditions", "conditions_en"),
                    "status",
                    "source",
                )
            },
        ),
        (
            _("怎么办"),
            {
                "fields": (
                    ("legal_days", "promised_days", "day_unit"),
                    "onsite_visits",
                    ("fee", "fee_text", "fee_text_en"),
                    ("modes", "modes_en"),
                    "online_url",
                )
            },
        ),
        (_("咨询与投诉"), {"fields": (("consult", "consult_en"), ("complaint", "complaint_en"))}),
        (
            _("结果与规模"),
            {
                "classes": COLLAPSED,
                "fields": (
                    ("result_name", "result_name_en"),
                    ("result_validity", "result_validity_en"),
                    ("capacity_number", "capacity_unit", "capacity_unit_en", "capacity_stage"),
                ),
            },
        ),
        *publication(),
    )
