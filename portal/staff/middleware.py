"""Sessions, sign-in and messages exist under `/admin/` only, so that public pages set no cookie and stay cacheable."""

from collections.abc import Callable
from typing import Any

from axes.middleware import AxesMiddleware
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware as DjangoAuthentication
from django.contrib.messages.middleware import MessageMiddleware as DjangoMessages
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSession
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import translation

from portal.staff.address import client_address
from portal.staff.origin import Origin, origin


def is_staff_path(request: HttpRequest) -> bool:
    return request.path_info.startswith("/admin/")


class StaffPathsOnly:
    """Mixin: pass every other path straight on."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> Any:
        if not is_staff_path(request):
            return self.get_response(request)
        return super().__call__(request)  # type: ignore[misc]  # -- the middleware mixed with


class SessionMiddleware(StaffPathsOnly, DjangoSession):
    pass


class AuthenticationMiddleware(StaffPathsOnly, DjangoAuthentication):
    pass


class MessageMiddleware(StaffPathsOnly, DjangoMessages):
    pass


class LoginGuardMiddleware(StaffPathsOnly, AxesMiddleware):
    pass


class CsrfMiddleware(StaffPathsOnly, CsrfViewMiddleware):
    def process_view(self, request: HttpRequest, callback: Any, callback_args: Any, callback_kwargs: Any) -> Any:
        if not is_staff_path(request):
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)


class OriginMiddleware:
    """Say who asks, from where and by which request, to whatever is written meanwhile."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_staff_path(request):
            return self.get_response(request)
        token = origin.set(Origin(getattr(request, "id", ""), client_address(request), request.user))
        try:
            return self.get_response(request)
        finally:
            origin.reset(token)


class AdminLanguageMiddleware:
    """Show the admin in the language its user chose, and to whoever is not signed in the one that `lang` asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_staff_path(request):
            return self.get_response(request)
        language = getattr(request.user, "language", None) or asked_language(request) or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", "zh-Hans" if language == "zh-hans" else language)
        return response


def asked_language(request: HttpRequest) -> str | None:
    asked = request.GET.get("lang")
    return asked if asked in dict(settings.LANGUAGES) else None
