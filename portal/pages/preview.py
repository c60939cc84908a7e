"""A draft as somebody without an account sees it by a link: one text, read only, no cookie, kept nowhere."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from portal.publishing.models import PreviewLink
from portal.publishing.preview import BusyError, ChangedError, Draft, NotShownError, draft_file, draft_page
from portal.publishing.preview_links import read_token, why_ended
from portal.staff.address import client_address
from portal.staff.limit import is_over_limit
from portal.staff.middleware import asked_language
from portal.staff.site_items import entered_items
from portal.web.errors import error_page, gone, only_read

MOST_PAGES, MOST_FILES, WITHIN = 30, 300, 60
"""Pages and files for one visitor's address in so many seconds: each takes the one lock for writing."""

View = Callable[..., HttpResponseBase]


def _by_link(most: int) -> Callable[[View], View]:
    """Read the link in the address, in the reader's language; pass on its draft while there is one to show."""

    def decorate(view: View) -> View:
        @wraps(view)
        def read(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
            language = asked_language(request) or settings.LANGUAGE_CODE
            with translation.override(language):
                request.LANGUAGE_CODE = language
                response = _opened(view, most, request, token, **kwargs)
            response["Content-Language"] = "zh-Hans" if language == "zh-hans" else language
            return response

        return read

    return decorate


def _opened(view: View, most: int, request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
    if not (public_id := read_token(token)):
        raise Http404
    if is_over_limit(f"{view.__name__} {client_address(request)}", most, WITHIN):
        return _try_later(request, 429, WITHIN, _("请求太频繁了，请等一分钟再试。"))
    request.site_items = entered_items()  # type: ignore[attr-defined]  # -- read by portal.web.context
    link = PreviewLink.objects.select_related("made_by").filter(public_id=public_id).first()
    entry = link.entry() if link else None
    if link is None or (ended := why_ended(link, entry)):
        return gone(request, ended if link else why_ended(None, None))
    try:
        return view(request, token, link, entry, **kwargs)
    except ChangedError:
        return gone(request, _("这份草稿在链接生成之后又改过，链接随之失效。请向给您链接的人要新的。"))
    except NotShownError:
        return gone(request, _("这份草稿用到的内容有变化，现在显示不出来。请联系给您链接的人。"))
    except BusyError:
        return _try_later(request, 503, 2, _("网站正忙，请过几秒再试。"))


@only_read
@_by_link(MOST_PAGES)
def linked_page(request: HttpRequest, token: str, link: PreviewLink, entry: Any) -> HttpResponse:
    here = reverse("preview-link", args=[token])
    languages = tuple((code, f"{here}?lang={code}") for code, _name in settings.LANGUAGES)
    return draft_page(
        entry,
        language=translation.get_language() or settings.LANGUAGE_CODE,
        draft=Draft(languages),
        files=f"{here}files/",
        expected_digest=link.digest,
    )


@only_read
@_by_link(MOST_FILES)
def linked_file(request: HttpRequest, token: str, link: PreviewLink, entry: Any, name: str) -> HttpResponseBase:
    return draft_file(entry, name)


def _try_later(request: HttpRequest, status: int, seconds: int, sentence: str) -> HttpResponse:
    response = error_page(request, status, _("请稍后再试"), sentence)
    response["Retry-After"] = str(seconds)
    return response
