"""Deleting what was seen: the page that asks sends back the versions it showed, and nothing that changed since is deleted."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.admin.actions import delete_selected
from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.publishing.admin.asking import ask, forget_answers
from portal.publishing.admin.bases import ModelAdmin
from portal.publishing.admin.deletion import explain_protection, without_ties
from portal.publishing.lifecycle import StaleVersionError
from portal.publishing.models import Child
from portal.publishing.rights import Act, Answer
from portal.publishing.workflow import RefusedError

NOT_DELETED = (StaleVersionError, ProtectedError, RefusedError)


class DeleteMixin(ModelAdmin):
    """The pages and the bulk action that delete entries or single children. Subclasses say how in `delete_rows`."""

    def delete_rows(self, request: HttpRequest, rows: list[Any]) -> None:
        """Delete rows as they were seen, all or none; one of NOT_DELETED and nothing written otherwise."""
        raise NotImplementedError

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.delete_rows(request, [obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.delete_rows(request, list(queryset))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        try:
            return super().delete_view(request, object_id, extra_context)
        except NOT_DELETED as error:
            return self._ask_again(request, object_id, error)

    def render_delete_form(self, request: HttpRequest, context: dict[str, Any]) -> Any:
        return super().render_delete_form(request, {**context, "seen": list(_boxes([context["object"]]))})

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        if "delete_selected" in actions:
            _function, name, description = actions["delete_selected"]
            actions["delete_selected"] = (_delete_seen, name, description)
        return actions

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        user: Any = request.user
        deleted, counts, _of_rows, protected = without_ties(super().get_deleted_objects(objs, request))
        refused = {_("%(name)s：%(why)s") % {"name": row, "why": answer.why} for row, answer in self._refusals(request, objs)}
        return explain_protection((deleted, counts, refused, protected), objs, user)

    def _refusals(self, request: HttpRequest, rows: Any) -> Iterator[tuple[Any, Answer]]:
        """Rows that go along with an entry are not asked about: they are deleted as parts of it."""
        answers = ((row, ask(request, Act.DELETE, row)) for row in rows)
        return ((row, answer) for row, answer in answers if not answer)

    def _ask_again(self, request: HttpRequest, object_id: str, error: Exception) -> HttpResponseBase:
        """The page that asks, with what is stored now."""
        forget_answers(request)
        request.POST = QueryDict()
        told: dict[str, Any] = {"why_kept": why_kept(error)}
        if isinstance(error, StaleVersionError):
            told["history_url"] = _history_of(error.entry)
        page = super().delete_view(request, object_id, told)
        page.status_code = 409 if page.status_code == 200 else page.status_code
        return page


def entry_of(row: Any) -> Any:
    """The entry whose version guards a row: itself, or the one it belongs to."""
    return row.parent if isinstance(row, Child) else row


def seen_version(request: HttpRequest, entry: Any) -> int:
    """The version of an entry that the page which asks showed; 0 where it sent none."""
    text = request.POST.get(_box(entry), "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def why_kept(error: Exception) -> str:
    if isinstance(error, StaleVersionError):
        entry: Any = type(error.entry)._base_manager.select_related("updated_by").get(pk=error.entry.pk)
        return _("“%(entry)s”不是您确认时的那一版：%(who)s在 %(when)s 保存过，什么都没有删除。请看过现在的内容再决定。") % {
            "entry": entry,
            "who": entry.updated_by or _("系统"),
            "when": timezone.localtime(entry.updated_at).strftime("%Y-%m-%d %H:%M:%S"),
        }
    if isinstance(error, RefusedError):
        return _("什么都没有删除：%(why)s") % {"why": error}
    return _("有内容刚刚被别的内容引用，什么都没有删除，请再试一次。")


@transaction.atomic
def _delete_seen(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> TemplateResponse | None:
    answer = delete_selected(modeladmin, request, queryset)
    if answer is not None:
        answer.context_data = {**(answer.context_data or {}), "seen": list(_boxes(queryset))}
    return answer


def _boxes(rows: Iterable[Any]) -> Iterator[tuple[str, int]]:
    entries = {entry.pk: entry for entry in map(entry_of, rows)}
    return ((_box(entry), entry.version) for entry in entries.values())


def _box(entry: Any) -> str:
    return f"version-{entry.pk}"


def _history_of(entry: Any) -> str:
    options = entry._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_history", args=[entry.pk])
