from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from portal.publishing.admin.entry import EntryAdmin
from portal.publishing.admin.filters import OwnerFilter
from portal.publishing.admin.publication import publication
from regions.models import Topic


@admin.register(Topic)
class TopicAdmin(EntryAdmin):
    list_display = ("name", "name_en", "parent", "position", "region", "state")
    list_filter = ("state", OwnerFilter)
    list_select_related = ("region", "parent")
    search_fields = ("name", "name_en", "slug")
    autocomplete_fields = ("region", "parent")
    ordering = ("position", "pk")
    fieldsets = (
        (_("主题"), {"fields": (("name", "name_en"), "parent", "position")}),
        *publication(),
    )
