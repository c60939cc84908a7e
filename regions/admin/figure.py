from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.publishing.admin.entry import EntryAdmin
from portal.publishing.admin.filters import OwnerFilter
from portal.publishing.admin.publication import COLLAPSED, publication
from regions.admin.figure_findings import FindingsMixin, open_sentence, questions_beside, settle_answers
from regions.admin.figure_form import FigureForm
from regions.models import Figure


@admin.register(Figure)
class FigureAdmin(FindingsMixin, EntryAdmin):
    form = FigureForm
    list_display = ("indicator", "as_published", "value", "as_of_until", "kind", "region", "state", "is_key")
    list_filter = ("state", "kind", "is_key", OwnerFilter)
    list_select_related = ("region", "indicator")
    label_relations = ("region", "indicator")
    form_relations = ("region", "created_by", "updated_by", "indicator")
    search_fields = ("indicator__name", "as_published", "scope_note", "slug")
    autocomplete_fields = ("region", "indicator", "source", "organisation", "rank_among", "part_of")
    ordering = ("-as_of_until", "-pk")
    date_hierarchy = "as_of_until"
    fieldsets = (
        (_("数据"), {"fields": ("indicator", "as_published", ("value", "qualifier"), ("kind", "stage"), "is_key")}),
        (_("时点与来源"), {"fields": (("as_of", "as_of_basis"), ("as_of_note", "as_of_note_en"), "source")}),
        (
            _("期间"),
            {"classes": COLLAPSED, "fields": (("period_from", "period_until"), ("period_text", "period_text_en"))},
        ),
        (
            _("口径与关系"),
            {
                "classes": COLLAPSED,
                "fields": (
                    "organisation",
                    "part_of",
                    "rank_among",
                    ("scope_note", "scope_note_en"),
                    ("discrepancy_note", "discrepancy_note_en"),
                    "notes_stand",
                ),
            },
        ),
        *publication(),
    )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        still_open = settle_answers(obj, form.answering_notes())
        super().save_model(request, obj, form, change)
        if doubt := form.doubt():
            self.message_user(request, doubt, messages.WARNING)
        if still_open:
            self.message_user(request, open_sentence(obj, still_open), messages.WARNING)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        figure = context.get("original")
        if figure is not None:
            is_typed = context["adminform"].form.is_bound  # the row in hand then carries what was refused
            stored = Figure._base_manager.select_related("indicator", "region").get(pk=figure.pk) if is_typed else figure
            context["questions"] = questions_beside(stored, request.user)
        return super().render_change_form(request, context, *args, **kwargs)
