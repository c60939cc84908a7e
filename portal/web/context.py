from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix

from portal.staff.site_items import site_items
from portal.web.addresses import absolute

PLACE_IN_LIST = ("cursor", "ordering")
NOT_PAGES = ("/admin/", "/preview/", "/api/", "/media/", "/static/", "/healthz", "/readyz")


def site(request: HttpRequest) -> dict[str, Any]:
    """What every page needs to know of the site and of its own address; no query, so that error pages can use it too."""
    is_english = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE) == "en"
    bare = _without_language(request.path_info)
    return {
        "is_debug": settings.DEBUG,
        "is_english": is_english,
        "html_lang": "en" if is_english else "zh-Hans",
        "site": _about(request, is_english=is_english),
        "section": bare.split("/")[1],
        "api_root": f"{get_script_prefix()}api/v1/",
        **_addresses(request, bare, is_english=is_english),
    }


def _about(request: HttpRequest, *, is_english: bool) -> dict[str, str]:
    """An item that was given in Chinese only is shown in Chinese; what was given nowhere is empty and prints nothing.

    What staff entered came along with the content version; pages without one, all of them errors, show the environment's.
    """
    items = site_items(getattr(request, "site_items", {}))

    def said(item: str) -> str:
        return (items[f"{item}_en"] if is_english else "") or items[item]

    return {
        "name": said("name"),
        "organiser": said("organiser"),
        "contact": said("contact"),
        "id_code": items["id_code"],
        "icp": items["icp"],
        "police_record": items["police_record"],
        "domain": urlsplit(settings.SITE_URL).netloc,
    }


def _addresses(request: HttpRequest, bare: str, *, is_english: bool) -> dict[str, str]:
    """The page's own address and its twins in both languages; a place or an order within a list is the same page."""
    if bare.startswith(NOT_PAGES):
        bare = "/"
    query = request.GET.copy()
    for name in PLACE_IN_LIST:
        query.pop(name, None)
    root = get_script_prefix().rstrip("/")
    asked = f"?{query.urlencode()}" if query else ""
    pair = {"chinese_path": f"{root}{bare}{asked}", "english_path": f"{root}/en{bare}{asked}"}
    return pair | {
        "chinese_address": absolute(pair["chinese_path"]),
        "english_address": absolute(pair["english_path"]),
        "canonical": absolute(pair["english_path" if is_english else "chinese_path"]),
    }


def _without_language(path: str) -> str:
    if path == "/en":
        return "/"
    return path.removeprefix("/en") if path.startswith("/en/") else path
