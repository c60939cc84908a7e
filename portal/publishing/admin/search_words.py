"""The words of the search: synonyms, and what readers did not find."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from portal.publishing.admin.bases import ModelAdmin
from portal.publishing.admin.fields import FieldsMixin
from portal.publishing.admin.picker import KEY
from portal.publishing.search_words import delete_synonym, save_synonym
from portal.search.models import Synonym, Unanswered
from portal.staff.admin import SuperusersOnly

LONGEST_SEARCH, MOST_WORDS = 100, 8


class WordsAdmin(ModelAdmin):
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    list_per_page = 50

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        return self.get_queryset(request).filter(pk=object_id).first() if KEY.fullmatch(object_id) and not from_field else None

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> tuple[QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, " ".join(search_term[:LONGEST_SEARCH].split()[:MOST_WORDS]))


class SynonymAdmin(SuperusersOnly, FieldsMixin, WordsAdmin):
    list_display = ("term", "equivalents", "both_ways", "is_active")
    list_filter = ("is_active", "both_ways")
    search_fields = ("term", "equivalents")
    search_help_text = _("按词或同义词查找。")
    ordering = ("term",)
    fields = ("term", "equivalents", "both_ways", "is_active")

    def save_model(self, request: HttpRequest, obj: Synonym, form: Any, change: bool) -> None:
        save_synonym(obj, by=request.user)

    def delete_model(self, request: HttpRequest, obj: Synonym) -> None:
        delete_synonym(obj, by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for row in queryset:
            delete_synonym(row, by=request.user)


class UnansweredAdmin(WordsAdmin):
    """To read only. Whoever may add synonyms is led there with the words filled in."""

    list_display = ("words", "times", "day", "synonym")
    search_fields = ("words",)
    search_help_text = _("按搜索的文字查找。")
    date_hierarchy = "day"
    ordering = ("-day", "-times", "words")
    actions = None
    fields = ("words", "times", "day")

    def get_list_display(self, request: HttpRequest) -> Any:
        names = super().get_list_display(request)
        return names if getattr(request.user, "is_superuser", False) else [name for name in names if name != "synonym"]

    @admin.display(description=_("同义词"))
    def synonym(self, row: Unanswered) -> str:
        address = f"{reverse('admin:search_synonym_add')}?{urlencode({'term': row.words})}"
        return format_html('<a href="{}">{}</a>', address, _g("添加“%(words)s”的同义词") % {"words": row.words})

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        raise Http404

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        title = _("没有结果的搜索：只有次数，保留 90 天")
        return super().changelist_view(request, {"title": title, **(extra_context or {})})
