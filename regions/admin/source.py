from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from portal.publishing.admin.entry import EntryAdmin
from portal.publishing.admin.filters import OwnerFilter
from portal.publishing.admin.publication import COLLAPSED, publication
from regions.models import Source


@admin.register(Source)
class SourceAdmin(EntryAdmin):
    list_display = ("title", "kind", "outlet", "byline", "region", "state", "updated_at")
    list_filter = ("state", "kind", OwnerFilter)
    search_fields = ("title", "title_en", "outlet", "byline", "slug")
    autocomplete_fields = ("region",)
    ordering = ("-updated_at", "-pk")
    fieldsets = (
        (_("来源"), {"fields": (("title", "title_en"), "kind", ("outlet", "outlet_en"), "issued", "byline", "url", "locator")}),
        (_("更多"), {"classes": COLLAPSED, "fields": (("issued_note", "issued_note_en"), "photo_credit")}),
        *publication(),
    )
