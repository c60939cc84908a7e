from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from portal.publishing.admin.entry import EntryAdmin
from portal.publishing.admin.filters import OwnerFilter
from portal.publishing.admin.publication import COLLAPSED, publication
from regions.admin.figure_names import FigureNames
from regions.models import Organisation


@admin.register(Organisation)
class OrganisationAdmin(FigureNames, EntryAdmin):
    list_display = ("name", "short_name", "kind", "tier", "region", "state", "updated_at")
    list_filter = ("state", "kind", "tier", OwnerFilter)
    search_fields = ("name", "short_name", "name_en", "slug")
    autocomplete_fields = ("region", "branch_of", "parent", "source", "topics")
    ordering = ("name_key", "pk")
    fieldsets = (
        (
            _("机构"),
            {"fields": (("name", "name_en"), "short_name", ("kind", "tier"), ("summary", "summary_en"), "topics", "source")},
        ),
        (_("认定与隶属"), {"classes": COLLAPSED, "fields": ("branch_of", "parent", ("recognised_on", "valid_to"))}),
        *publication(),
    )
