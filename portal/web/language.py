import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header

PREFIX = re.compile(r"/(en)(/|\Z)")


class LanguageMiddleware:
    """The language is in the path of a page; only the API asks the header, and says so in Vary."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_api = request.path_info.startswith("/api/v1/")
        language = _of_api(request) if is_api else _of_path(request.path_info)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", "zh-Hans" if language == "zh-hans" else language)
        if is_api:
            patch_vary_headers(response, ("Accept-Language",))
        return response


def _of_path(path: str) -> str:
    found = PREFIX.match(path)
    return found[1] if found else settings.LANGUAGE_CODE


def _of_api(request: HttpRequest) -> str:
    """`lang` decides (the view refuses a value it does not know), else the first language we have of Accept-Language."""
    asked = request.GET.get("lang", "")
    if asked in dict(settings.LANGUAGES):
        return asked
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200].lower()):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
