from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from portal.publishing.admin.entry import EntryAdmin
from portal.publishing.admin.filters import OwnerFilter
from portal.publishing.admin.publication import COLLAPSED, publication
from regions.admin.figure_names import FigureNames
from regions.admin.photo_use import PhotoUseRows
from regions.models import Event


@admin.register(Event)
class EventAdmin(FigureNames, EntryAdmin):
    list_display = ("name", "kind", "day", "place", "is_recurring", "region", "state", "updated_at")
    list_filter = ("state", "kind", "is_recurring", OwnerFilter)
    search_fields = ("name", "name_en", "place", "slug")
    autocomplete_fields = ("region", "source", "organisers", "topics", "figures")
    ordering = ("-date_key", "-pk")
    date_hierarchy = "starts_from"
    inlines = (PhotoUseRows,)
    fieldsets = (
        (
            _("活动"),
            {
                "fields": (
                    ("name", "name_en"),
                    "kind",
                    ("starts", "ends"),
                    ("place", "place_en"),
                    ("summary", "summary_en"),
                    "organisers",
                    "topics",
                    "source",
                )
            },
        ),
        (_("定期举办"), {"classes": COLLAPSED, "fields": ("is_recurring", ("recurrence", "recurrence_en"))}),
        (_("相关数据"), {"classes": COLLAPSED, "fields": ("figures",)}),
        *publication(),
    )

    @admin.display(description=_("时间"), ordering="date_key")
    def day(self, event: Event) -> str:
        return str(event.starts or "")
