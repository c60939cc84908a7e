from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from portal.publishing.admin.entry import EntryAdmin
from portal.publishing.admin.filters import OwnerFilter
from portal.publishing.admin.publication import publication
from regions.models import Indicator


@admin.register(Indicator)
class IndicatorAdmin(EntryAdmin):
    list_display = ("name", "slug", "unit", "measure", "topic", "position", "region", "state")
    list_filter = ("state", "measure", OwnerFilter)
    list_select_related = ("region", "topic")
    search_fields = ("name", "name_en", "slug")
    autocomplete_fields = ("region", "topic")
    ordering = ("position", "name_key", "pk")
    fieldsets = (
        (
            _("指标"),
            {
                "fields": (
                    ("name", "name_en"),
                    ("definition", "definition_en"),
                    ("unit", "measure"),
                    ("topic", "position"),
                    "comparable_group",
                )
            },
        ),
        *publication(),
    )
