from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path, register_converter
from django.utils.translation import gettext_lazy as _

from portal.publishing.admin.desk_view import TasksView
from portal.publishing.admin.pick_view import PickView
from portal.publishing.admin.record_views import EntryRecordView, SubmissionRecordView
from portal.publishing.admin.submission_views import SubmissionsView, SubmissionView
from portal.publishing.admin.submit_view import SubmitView
from portal.publishing.desk.lists import glances


class KeyConverter:
    """A key exactly as it is written, small enough for the database."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(KeyConverter, "key")
MENU = ("policies", "regions", "staff", "search", "publishing")


class PortalAdminSite(AdminSite):
    site_header = _("人才政策门户 · 后台")
    site_title = _("人才政策门户后台")
    index_title = _("内容管理")

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """As Django's, and a NUL in the address is a bad request before it reaches a database that refuses it."""

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if "\0" in request.path or any("\0" in text for pair in request.GET.lists() for text in (pair[0], *pair[1])):
                raise BadRequest("NUL in the address")
            answer: HttpResponseBase = view(request, *args, **kwargs)
            return answer

        guarded.csrf_exempt = getattr(view, "csrf_exempt", False)  # type: ignore[attr-defined]  # -- read by Django's wrapper
        return super().admin_view(guarded, cacheable)

    def get_urls(self) -> list[Any]:
        """Without the redirect to any row of any type, which tells the address of rows the user may not see."""
        django = [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]
        return [*self._pages(), *django]

    def _pages(self) -> list[Any]:
        def page(route: str, view: Any, name: str) -> Any:
            return path(route, self.admin_view(view.as_view(admin_site=self)), name=name)

        return [
            page("tasks/<slug:name>/", TasksView, "tasks"),
            page("submissions/", SubmissionsView, "submissions"),
            page("submissions/new/", SubmitView, "submit"),
            page("submissions/<key:key>/", SubmissionView, "submission"),
            page("submissions/<key:key>/record/", SubmissionRecordView, "submission_record"),
            page("record/<str:entry_type>/<uuid:uuid>/", EntryRecordView, "record"),
        ]

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        user: Any = request.user
        return super().index(request, {"glances": glances(user), **(extra_context or {})})

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return PickView.as_view(admin_site=self)(request)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """What editors work on most comes first; within an app, in the order the app registered its types."""
        apps = list(self._build_app_dict(request, app_label).values())
        order = {model: number for number, model in enumerate(self._registry)}
        for app in apps:
            app["models"].sort(key=lambda entry: order[entry["model"]])
        return sorted(apps, key=lambda app: MENU.index(app["app_label"]) if app["app_label"] in MENU else len(MENU))
