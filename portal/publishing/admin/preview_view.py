"""«Preview» on the page of every entry: what readers will see, in both languages, on a phone, a desk and paper."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.publishing.admin.bases import ModelAdmin
from portal.publishing.admin.preview_links_view import PreviewLinksMixin
from portal.publishing.models import Child
from portal.publishing.preview import BusyError, Draft, NotShownError, companions, draft_file, draft_page
from portal.publishing.preview_links import may_link
from portal.staff.middleware import asked_language
from portal.staff.models.user import LANGUAGE_CHOICES

NOT_FOR_ROBOTS = {"X-Robots-Tag": "noindex, nofollow"}


def preview_url(row: Any) -> str:
    """Where a stored entry is previewed; a row of an entry has no page of its own and leads to its entry's."""
    entry = row.parent if isinstance(row, Child) else row
    return preview_address(entry, "frame")


def preview_address(entry: Any, page: str, *args: str) -> str:
    options = entry._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_preview_{page}", args=[entry.pk, *args])


class PreviewMixin(PreviewLinksMixin, ModelAdmin):
    """Whoever may see the entry may preview it."""

    def get_urls(self) -> list[Any]:
        pages: dict[str, tuple[str, Callable[..., HttpResponseBase]]] = {
            "frame": ("<path:object_id>/preview/", self.preview_frames_view),
            "page": ("<path:object_id>/preview/page/", self.preview_page_view),
            "file": ("<path:object_id>/preview/files/<str:name>", self.preview_file_view),
        }
        wrap = self.admin_site.admin_view
        ours = [path(route, wrap(require_safe(view)), name=self._named(page)) for page, (route, view) in pages.items()]
        return [*ours, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        if context.get("original") is not None:
            context["preview_url"] = preview_url(context["original"])
        return super().render_change_form(request, context, *args, **kwargs)

    def preview_frames_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """The frames, or why there is nothing to show in them."""
        entry, language = self._previewed(request, object_id), _language(request)
        try:
            self._draft_page(request, entry, language)
        except (NotShownError, BusyError) as error:
            return self._frames(request, entry, language, error)
        return self._frames(request, entry, language)

    def preview_page_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        entry, language = self._previewed(request, object_id), _language(request)
        try:
            response: HttpResponseBase = self._draft_page(request, entry, language)
        except (NotShownError, BusyError) as error:
            response = self._frames(request, entry, language, error)
        else:
            response["Content-Language"] = "zh-Hans" if language == "zh-hans" else language
        for name, value in NOT_FOR_ROBOTS.items():
            response[name] = value
        response["X-Frame-Options"] = "SAMEORIGIN"
        return response

    def preview_file_view(self, request: HttpRequest, object_id: str, name: str) -> HttpResponseBase:
        """A picture or document that the preview shows."""
        entry = self._previewed(request, object_id)
        try:
            return draft_file(entry, name, also=companions(entry, request.user))
        except (NotShownError, BusyError) as error:
            raise Http404 from error

    def _previewed(self, request: HttpRequest, object_id: str) -> Any:
        entry = self.get_object(request, unquote(object_id))
        if entry is None or not self.has_view_permission(request, entry):
            raise Http404
        return entry

    def _draft_page(self, request: HttpRequest, entry: Any, language: str) -> Any:
        is_printed = request.GET.get("print") == "1"
        page, on_paper = preview_address(entry, "page"), "&print=1" if is_printed else ""
        languages = tuple((code, f"{page}?lang={code}{on_paper}") for code, _name in settings.LANGUAGES)
        return draft_page(
            entry,
            language=language,
            draft=Draft(languages, is_printed=is_printed, is_framed=True),
            files=preview_address(entry, "file", "x").removesuffix("x"),
            also=companions(entry, request.user),
        )

    def _frames(self, request: HttpRequest, entry: Any, language: str, error: Exception | None = None) -> HttpResponseBase:
        user: Any = request.user
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
            "original": entry,
            "title": _("预览：%(entry)s") % {"entry": entry},
            "language": language,
            "languages": LANGUAGE_CHOICES,
            "page_url": f"{preview_address(entry, 'page')}?lang={language}",
            "change_url": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[entry.pk]),
            "links_url": preview_address(entry, "links") if may_link(user, entry) else "",
            "sentences": getattr(error, "sentences", []),
            "is_busy": isinstance(error, BusyError),
        }
        status = 503 if context["is_busy"] else 409 if context["sentences"] else 200
        return TemplateResponse(request, "admin/preview/frames.html", context, status=status, headers=NOT_FOR_ROBOTS)

    def _named(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_preview_{page}"


def _language(request: HttpRequest) -> str:
    return asked_language(request) or settings.LANGUAGE_CODE
