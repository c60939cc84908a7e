"""A mark of the code that is running, so that a browser does not keep a page of the release before."""

import hashlib

from django.conf import settings

ROOMS = ("portal", "regions", "policies", "templates", "static", "locale")
KINDS = {".py", ".html", ".css", ".js", ".mo", ".svg"}


def _release() -> str:
    files = [path for room in ROOMS for path in (settings.BASE_DIR / room).rglob("*") if path.suffix in KINDS]
    stamps = sorted(f"{path} {path.stat().st_mtime_ns}" for path in files)
    return hashlib.blake2s("\n".join([settings.SITE_URL, *stamps]).encode(), digest_size=6).hexdigest()


RELEASE = _release()
