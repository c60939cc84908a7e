"""The content security policy of each area; nothing may be inline, nothing may come from another host."""

import re
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


FRAMES = ADMIN | {"frame-src": [SELF]}
FRAMED = PAGE | {"frame-ancestors": [SELF]}
ENTRY = r"/admin/[a-z]+/[a-z]+/[0-9]+/preview/"

AREAS = (
    (ENTRY + r"\Z", FRAMES),
    (ENTRY + r"page/\Z", FRAMED),
    (ENTRY + r"files/", FILE),
    (r"/preview/[^/]+/files/", FILE),
    (r"/admin/", ADMIN),
    (r"/api/v1/", DATA),
    (r"/(media|files)/", FILE),
)


def policy_for(path: str) -> dict[str, object]:
    """The policy of an address, whatever the answer: a browser adds the headers of a 304 to the page it has kept."""
    return next((policy for area, policy in AREAS if re.match(area, path)), PAGE)


class ContentSecurityMiddleware(CSPMiddleware):
    def get_policy_parts(self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        return parts if report_only else replace(parts, config=policy_for(request.path_info))
