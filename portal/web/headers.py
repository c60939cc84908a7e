from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponseBase

from portal.web.request_id import request_id

PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


FOR_PARTNERS = ("/api/v1/", "/media/", "/files/")
"""What pages of other sites may embed: records, and the pictures and documents that records name."""
OF_DRAFTS = "/preview/"
"""What people without an account see of drafts: kept nowhere, found nowhere, and its address told nobody."""


class HeadersMiddleware:
    """The headers every answer carries, errors included; outermost, so that nothing escapes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.id = uuid4().hex  # type: ignore[attr-defined]  # -- shown on error pages, found again in the log
        request_id.set(request.id)  # type: ignore[attr-defined]  # -- set above
        response = self.get_response(request)
        path = request.path_info
        response["X-Request-ID"] = request.id  # type: ignore[attr-defined]  # -- set above
        response["Permissions-Policy"] = PERMISSIONS
        response["Cross-Origin-Resource-Policy"] = "cross-origin" if path.startswith(FOR_PARTNERS) else "same-origin"
        response["Cross-Origin-Embedder-Policy"] = "require-corp"
        if path.startswith("/admin/"):
            response["Cache-Control"] = "private, no-store"
            response["Referrer-Policy"] = "same-origin"
            if path.endswith("/logout/"):
                response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        elif path.startswith(OF_DRAFTS):
            response["Cache-Control"] = "private, no-store"
            response["Referrer-Policy"] = "no-referrer"
            response["X-Robots-Tag"] = "noindex, nofollow"
        elif response.status_code >= 400:
            response["Cache-Control"] = "no-store"
        elif response.status_code in {301, 302}:
            response["Cache-Control"] = "public, max-age=60"  # an old address may become somebody's own again
        return response
