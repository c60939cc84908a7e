"""The links that show one draft to people without an account: made, listed and revoked on a page of the entry."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.publishing.admin.bases import ModelAdmin
from portal.publishing.admin.picker import KEY
from portal.publishing.models import SETTLED, PreviewLink
from portal.publishing.preview import BusyError, NotShownError, public_for_a_moment
from portal.publishing.preview_links import address_of, links_of, make_link, may_link, revoke_link, why_ended
from portal.publishing.workflow.refusal import RefusedError

METHODS = ["GET", "HEAD", "POST"]


class PreviewLinksMixin(ModelAdmin):
    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_http_methods(METHODS)(self.preview_links_view))
        return [path("<path:object_id>/preview/links/", view, name=self._links_name), *super().get_urls()]

    def preview_links_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        user: Any = request.user
        entry = self.get_object(request, unquote(object_id))
        if entry is None:
            raise Http404
        if not may_link(user, entry):
            raise PermissionDenied
        if request.method != "POST":
            return self._links_page(request, entry)
        try:
            self.message_user(request, _change(request, entry), messages.SUCCESS)
        except RefusedError as error:
            self.message_user(request, str(error), messages.ERROR)
        except NotShownError as error:
            sentence = _("没有生成链接，因为这份草稿现在显示不出来：%(why)s")
            self.message_user(request, sentence % {"why": " ".join(error.sentences)}, messages.ERROR)
        except BusyError:
            self.message_user(request, _("系统正忙，没有生成链接。请过几秒再试。"), messages.ERROR)
        return HttpResponseRedirect(reverse(f"admin:{self._links_name}", args=[entry.pk]))

    def _links_page(self, request: HttpRequest, entry: Any) -> HttpResponseBase:
        change = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": entry,
            "title": _("预览链接：%(entry)s") % {"entry": entry},
            "rows": [_row(link, entry, request.user) for link in links_of(entry)],
            "can_make": not (entry.is_live and entry.state in SETTLED),
            "change_url": reverse(change, args=[entry.pk]),
            "frame_url": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_preview_frame", args=[entry.pk]),
        }
        return TemplateResponse(request, "admin/preview/links.html", context)

    @property
    def _links_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_preview_links"


def _change(request: HttpRequest, entry: Any) -> str:
    """Do what was asked for and say so."""
    user: Any = request.user
    if "revoke" not in request.POST:
        with public_for_a_moment(entry):
            pass  # a link that would show nothing is not made
        make_link(entry, by=user)
        return _("已生成预览链接，七天内有效。草稿一改，链接就失效，要重新生成。")
    key = request.POST["revoke"]
    try:
        revoke_link(entry, int(key) if KEY.fullmatch(key) else 0, by=user)
    except PreviewLink.DoesNotExist as error:
        raise Http404 from error
    return _("预览链接已停用，马上打不开了。")


def _row(link: PreviewLink, entry: Any, user: Any) -> dict[str, Any]:
    """The address only for whoever made the link, as long as it opens something."""
    ended = why_ended(link, entry)
    is_own = link.made_by_id == user.pk
    return {"link": link, "why_ended": ended, "address": address_of(link) if is_own and not ended else ""}
