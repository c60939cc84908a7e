from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from portal.publishing.append_only import missing_triggers
from portal.publishing.models.change import content_version
from portal.web.errors import only_read


@only_read
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return _answer("ok")


@only_read
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and has our tables; 503 tells a balancer to send readers elsewhere.

    Where nothing guards a table of the trail, readers are served all the same, and a second line says so.
    """
    try:
        content_version()
        is_guarded = not missing_triggers()
    except DatabaseError:
        return _answer("database", status=503)
    return _answer("ok" if is_guarded else "ok\nunguarded")


def _answer(words: str, status: int = 200) -> HttpResponse:
    return HttpResponse(
        f"{words}\n", status=status, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )
