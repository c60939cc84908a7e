from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.publishing.admin.entry import EntryAdmin
from portal.publishing.admin.filters import OwnerFilter
from portal.publishing.admin.publication import publication
from regions.admin.figure_names import FigureNames
from regions.admin.photo_use import PhotoUseRows
from regions.models import Story


@admin.register(Story)
class StoryAdmin(FigureNames, EntryAdmin):
    list_display = ("headline", "kicker", "author", "source", "region", "state", "updated_at")
    list_filter = ("state", OwnerFilter)
    list_select_related = ("region", "source")
    search_fields = ("headline", "headline_en", "subhead", "author", "slug")
    autocomplete_fields = ("region", "source", "topics")
    ordering = ("-updated_at", "-pk")
    inlines = (PhotoUseRows,)
    fieldsets = (
        (
            _("报道"),
            {
                "fields": (
                    ("kicker", "kicker_en"),
                    ("headline", "headline_en"),
                    ("subhead", "subhead_en"),
                    ("author", "author_en"),
                    "body",
                    "body_en",
                    "topics",
                    "source",
                )
            },
        ),
        *publication(),
    )

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in {"body", "body_en"}:
            field.widget.attrs["rows"] = "16"
        return field

    def get_queryset(self, request: HttpRequest) -> Any:
        """Lists do without the long texts."""
        rows = super().get_queryset(request)
        is_list = request.resolver_match is not None and request.resolver_match.url_name == "regions_story_changelist"
        return rows.defer("body", "body_en", "body_html", "body_en_html") if is_list and request.method == "GET" else rows
