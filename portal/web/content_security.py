"""The content security policy of each area; nothing may be inline, nothing may come from another host."""

from dataclasses import replace

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

SELF, NONE = "'self'", "'none'"
PAGE: dict[str, object] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
    "object-src": [NONE],
}
if settings.IS_HTTPS:
    PAGE["upgrade-insecure-requests"] = True
ADMIN = PAGE | {"img-src": [SELF, "data:", "blob:"]}
DATA: dict[str, object] = {"default-src": [NONE], "frame-ancestors": [NONE], "sandbox": True}
FILE: dict[str, object] = {"default-src": [NONE], "sandbox": True}


def policy_for(request: HttpRequest, response: HttpResponseBase) -> dict[str, object]:
    path = request.path_info
    if path.startswith("/admin/"):
        return ADMIN
    if path.startswith("/media/"):
        return FILE
    if response.get("Content-Type", "").startswith("text/html"):
        return PAGE
    return DATA


class ContentSecurityMiddleware(CSPMiddleware):
    def get_policy_parts(self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        return parts if report_only else replace(parts, config=policy_for(request, response))
