"""What an entry said before: the list of its editions, the difference of two, and taking one up again."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from portal.publishing.admin.asking import ask
from portal.publishing.admin.bases import ModelAdmin
from portal.publishing.admin.edition_page import edition_page
from portal.publishing.admin.known_names import known_names
from portal.publishing.admin.picker import KEY
from portal.publishing.aggregate import snapshot
from portal.publishing.lifecycle import StaleVersionError
from portal.publishing.models import SETTLED, Edition
from portal.publishing.restoring import RestoreError, restore
from portal.publishing.rights import Act
from portal.publishing.scope import readable_editions
from portal.publishing.snapshot_difference import named_in, snapshot_difference

NOW = "now"


class HistoryMixin(ModelAdmin):
    """In place of Django's history, which knows no texts."""

    def get_urls(self) -> list[Any]:
        compare, take_up = self.admin_site.admin_view(self.difference_view), self.admin_site.admin_view(self.restore_view)
        own = [
            path("<path:object_id>/history/difference/", compare, name=self._page_name("difference")),
            path("<path:object_id>/history/<int:key>/restore/", take_up, name=self._page_name("restore")),
        ]
        return [*own, *super().get_urls()]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        try:
            entry = self._readable(request, object_id)
        except Http404:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]  # -- Django's own
        page = edition_page(self._editions(request, entry), before=request.GET.get("before", ""))
        if page is None:
            raise Http404
        context = {
            "page": page,
            "title": _("历史版本：%(entry)s") % {"entry": entry},
            "may_restore": self._may_restore(request, entry),
        }
        return self._answer(request, entry, "admin/trail/history.html", context | (extra_context or {}))

    def difference_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        entry = self._readable(request, object_id)
        old, new = self._two(request, entry)
        context: dict[str, Any] = {"old": old, "new": new, "title": _("比较版本：%(entry)s") % {"entry": entry}}
        if not any(one is not None and one.erased_at for one in (old, new)):
            before, after = (one.content if one is not None else snapshot(entry) for one in (old, new))
            names = known_names(named_in(self.model, (before, after)), request.user)
            context["differences"] = snapshot_difference(before, after, self.model, names)
        return self._answer(request, entry, "admin/trail/difference.html", context)

    def restore_view(self, request: HttpRequest, object_id: str, key: int) -> HttpResponseBase:
        entry = self._readable(request, object_id)
        edition = self._editions(request, entry).filter(pk=key).first()
        if edition is None:
            raise Http404
        if not self._may_restore(request, entry):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            if request.POST.get("version") != str(entry.version):
                raise StaleVersionError(entry)
            row = restore(entry, edition, by=request.user)
        except (RestoreError, StaleVersionError) as problem:
            self.message_user(request, str(problem), messages.ERROR)
        except IntegrityError:  # somebody opened a copy, or a row it needs is gone, at this moment
            self.message_user(request, _("没有恢复：刚刚有人也在修改这条内容，请再试一次。"), messages.ERROR)
        else:
            self.message_user(request, _("已把旧版本恢复为草稿，请核对后再提交审核。"), messages.SUCCESS)
            return HttpResponseRedirect(reverse(f"admin:{self._page_name('change')}", args=[row.pk]))
        return HttpResponseRedirect(reverse(f"admin:{self._page_name('history')}", args=[entry.pk]))

    def _readable(self, request: HttpRequest, object_id: str) -> Any:
        entry = self.get_object(request, unquote(object_id))
        if entry is None:
            raise Http404
        if not self.has_view_permission(request, entry):
            raise PermissionDenied
        return entry

    def _editions(self, request: HttpRequest, entry: Any) -> Any:
        user: Any = request.user
        return readable_editions(entry, user)

    def _may_restore(self, request: HttpRequest, entry: Any) -> bool:
        act = Act.OPEN_COPY if entry.is_live and entry.state in SETTLED else Act.EDIT
        return bool(ask(request, act, entry))

    def _two(self, request: HttpRequest, entry: Any) -> tuple[Edition | None, Edition | None]:
        """The older first; None stands for what the row says now."""
        asked = [request.GET.get(name, "") for name in ("from", "to")]
        keys = {one for one in asked if one != NOW}
        if not keys or not all(KEY.fullmatch(key) for key in keys):
            raise Http404
        found: list[Edition | None] = list(self._editions(request, entry).filter(pk__in=keys).order_by("created_at", "pk"))
        if len(found) != len(keys):
            raise Http404
        return found[0], (found[-1] if len(found) > 1 else None if NOW in asked else found[0])

    def _answer(self, request: HttpRequest, entry: Any, template: str, context: dict[str, Any]) -> HttpResponseBase:
        names = {"history_url": "history", "change_url": "change", "difference_url": "difference"}
        urls = {name: reverse(f"admin:{self._page_name(page)}", args=[entry.pk]) for name, page in names.items()}
        own = {"opts": self.opts, "entry": entry, **urls}
        return TemplateResponse(request, template, {**self.admin_site.each_context(request), **own, **context})

    def _page_name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"
