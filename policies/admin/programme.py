from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from policies.models import Programme
from portal.publishing.admin.filters import OwnerFilter
from portal.publishing.admin.publication import publication
from regions.admin.attachment import AttachedAdmin, AttachmentRows
from regions.admin.figure_names import FigureNames
from regions.admin.photo_use import PhotoUseRows


@admin.register(Programme)
class ProgrammeAdmin(FigureNames, AttachedAdmin):
    list_display = ("name", "kind", "level", "issuer", "part_of", "region", "state", "updated_at")
    list_filter = ("state", "kind", "level", OwnerFilter)
    list_select_related = ("region", "issuer", "part_of")
    search_fields = ("name", "name_en", "slug", "issuer__name")
    autocomplete_fields = ("region", "source", "issuer", "part_of", "policies", "stories", "topics", "figures")
    ordering = ("name_key", "pk")
    inlines = (PhotoUseRows, AttachmentRows)
    fieldsets = (
        (
            _("人才计划"),
            {
                "fields": (
                    ("name", "name_en"),
                    ("kind", "level"),
                    "issuer",
                    ("starts", "ends"),
                    ("summary", "summary_en"),
                    "topics",
                    "source",
                )
            },
        ),
        (_("名额"), {"fields": ("quota", ("quota_text", "quota_text_en"))}),
        (_("关联"), {"fields": ("part_of", "policies", "figures", "stories")}),
        *publication(),
    )
