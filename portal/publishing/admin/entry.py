from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin import ShowFacets, helpers
from django.contrib.admin.utils import flatten
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from portal.publishing.admin.asking import ask, forget_answers, has_page, is_overtaken
from portal.publishing.admin.bases import ModelAdmin
from portal.publishing.admin.conflict import differences
from portal.publishing.admin.copy_view import CopyMixin
from portal.publishing.admin.delete_view import NOT_DELETED, DeleteMixin, seen_version, why_kept
from portal.publishing.admin.erase_view import EraseMixin
from portal.publishing.admin.fields import FieldsMixin, with_partial_dates
from portal.publishing.admin.filters import OwnerFilter
from portal.publishing.admin.picker import KEY
from portal.publishing.admin.preview_view import PreviewMixin
from portal.publishing.admin.searching import found_rows
from portal.publishing.admin.shown import read_names, with_names
from portal.publishing.admin.step_view import StepMixin
from portal.publishing.admin.submit_action import submit_selected
from portal.publishing.admin.versioned_form import EntryForm
from portal.publishing.lifecycle import StaleVersionError, finish_entry, save_entry
from portal.publishing.models import Publishable
from portal.publishing.rights import Act
from portal.publishing.scope import visible_to
from portal.publishing.workflow import delete


def read_again_when_stale(view: Callable[..., HttpResponseBase]) -> Any:
    """Run a view once more when somebody saved between its reading and its writing: nothing was written.

    The second run reads the new version first, so a form then finds itself stale and shows the differences.
    """

    @wraps(view)
    def run(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(self, request, *args, **kwargs)
        except StaleVersionError:
            return view(self, request, *args, **kwargs)

    return run


def open_where_wrong(shown: Any) -> None:
    """Unfold what holds a mistake: Django overlooks boxes that share a line."""
    wrong = set(shown.form.errors)
    shown.fieldsets = [
        (name, {**options, "classes": ()} if wrong & set(flatten(options["fields"])) else options)
        for name, options in shown.fieldsets
    ]


class ScopedAdmin(DeleteMixin, FieldsMixin, ModelAdmin):
    """What pages of entries and of single children share."""

    form: Any = EntryForm
    show_facets = ShowFacets.NEVER
    show_full_result_count = False
    list_per_page = 50
    label_relations: ClassVar[tuple[str, ...]] = ()
    form_relations: ClassVar[tuple[str, ...]] = ()

    def __init__(self, model: Any, admin_site: Any) -> None:
        super().__init__(model, admin_site)
        self.form = with_partial_dates(self.form, model)
        for name, field in self.form.declared_fields.items():
            if hasattr(model, name) and not hasattr(self, name):
                setattr(self, name, _shown(name, field.label))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        user: Any = request.user
        return visible_to(super().get_queryset(request), user)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """None for what is not written exactly as a key, such as `1abc`, `01` or a full-width digit."""
        forget_answers(request)
        if from_field not in (None, "id") or not KEY.fullmatch(object_id):
            return None
        return self.get_queryset(request).select_related(*self.form_relations).filter(pk=object_id).first()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return has_page(request, "add", self.model)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, Act.VIEW, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, Act.EDIT, obj) or is_overtaken(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, Act.DELETE, obj)

    def _may(self, request: HttpRequest, act: Act, row: Any) -> bool:
        if row is None:
            return has_page(request, {Act.EDIT: "change"}.get(act, act.value), self.model)
        return bool(ask(request, act, row))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A page that only shows has no boxes that belong to the form alone."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [(title, {**options, "fields": tuple(self._told(options["fields"]))}) for title, options in fieldsets]

    def _told(self, names: Any) -> Iterator[Any]:
        for name in names:
            if isinstance(name, list | tuple):
                yield tuple(self._told(name))
            elif hasattr(self, name) or hasattr(self.model, name):
                yield name

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        form.why_locked = ask(request, Act.EDIT, obj).why if is_overtaken(request, obj) else ""
        return form

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> tuple[QuerySet[Any], bool]:
        """Besides what holds the words, a list shows what the index finds; a picker does not, where a name is meant."""
        is_entry = issubclass(self.model, Publishable) and is_list(request)
        columns = self.get_search_fields(request)
        return found_rows(queryset, columns, search_term, more=self.found_by_number(search_term), in_index=is_entry), False

    def found_by_number(self, text: str) -> Q | None:
        """Rows that a number in the text stands for, of types that have one."""
        return None

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        found = super().get_formset_kwargs(request, obj, inline, prefix)
        is_old = request.method == "POST" and obj.pk is not None and request.POST.get("version") != str(obj.version)
        if obj.pk is not None and not inline.has_change_permission(request, obj):
            found["queryset"] = with_names(found["queryset"], inline.fields)
        return {**found, "is_stale": is_old or is_overtaken(request, obj)}

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        original = context.get("original")
        answer = ask(request, Act.EDIT, original) if original is not None else None
        context["why_not"] = "" if answer is None or answer else answer.why
        if original is not None and not self.has_change_permission(request, original):
            read_names(original, context["adminform"].readonly_fields, self.admin_site)
        context["entry"] = form.versioned_entry if form.instance.pk else None
        open_where_wrong(context["adminform"])
        if form.is_stale:
            context["differences"] = differences(form, formsets)
        context["row_errors"] = [error for rows in formsets for row in rows.forms for error in row.errors.get("id", [])]
        if form.why_locked:
            context |= dict.fromkeys(("show_save", "show_save_and_continue", "show_save_and_add_another"), False)
        page = super().render_change_form(request, context, *args, **kwargs)
        page.status_code = 409 if form.why_locked else page.status_code
        return page

    @read_again_when_stale
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return super().changeform_view(request, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        _keep_keys_only(request)
        try:
            return super().changelist_view(request, *args, **kwargs)
        except NOT_DELETED as error:
            self.message_user(request, why_kept(error), messages.ERROR)
            return self._back(request)
        except (ValueError, OverflowError):  # a date in the address that no calendar has
            self.message_user(request, _("网址里的筛选条件无法识别，已改为显示全部。"), messages.ERROR)
            return HttpResponseRedirect(request.path)

    def _back(self, request: HttpRequest) -> Any:
        return self.response_post_save_change(request, None)


def _shown(name: str, label: Any) -> Any:
    """How a page without a form shows what a box of its own stands for, such as a partial date."""

    def show(row: Any) -> str:
        value = getattr(row, name)
        return "-" if value is None else str(value)

    return admin.display(description=label)(show)


def _keep_keys_only(request: HttpRequest) -> None:
    """Drop from a bulk action what is not written exactly as a key, such as `1abc`, NUL or a full-width digit."""
    if helpers.ACTION_CHECKBOX_NAME in request.POST:
        posted = request.POST.copy()
        keys = [key for key in posted.getlist(helpers.ACTION_CHECKBOX_NAME) if KEY.fullmatch(key)]
        posted.setlist(helpers.ACTION_CHECKBOX_NAME, keys)
        request.POST = posted  # type: ignore[assignment]  # -- the same type, mutable


def is_list(request: HttpRequest) -> bool:
    return request.resolver_match is not None and str(request.resolver_match.url_name).endswith("_changelist")


class EntryAdmin(PreviewMixin, StepMixin, CopyMixin, EraseMixin, ScopedAdmin):
    """An entry: its own columns and, by inlines, its rows. Everything is written through the lifecycle."""

    label_relations: ClassVar[tuple[str, ...]] = ("region",)
    form_relations: ClassVar[tuple[str, ...]] = ("region", "created_by", "updated_by")
    list_filter: ClassVar[Any] = ("state", OwnerFilter)
    actions: Any = (submit_selected,)
    list_select_related: ClassVar[Any] = ("region",)
    date_hierarchy: ClassVar[str | None] = "updated_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Lists hold each entry once; a working copy is reached from its entry."""
        rows = super().get_queryset(request)
        return rows.filter(copy_of__isnull=True) if is_list(request) else rows

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return obj.get_absolute_url() if obj is not None and obj.pk and obj.is_published() else None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        save_entry(obj, by=request.user, expected_version=form.read_version)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        finish_entry(form.instance)

    def delete_rows(self, request: HttpRequest, rows: list[Any]) -> None:
        for row in rows:
            row.version = seen_version(request, row)
        delete(rows, by=request.user)
