from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from portal.publishing.models.change import content_version
from portal.web.errors import only_read


@only_read
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return _answer("ok")


@only_read
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and has our tables; 503 tells a balancer to send readers elsewhere."""
    try:
        content_version()
    except DatabaseError:
        return _answer("database", status=503)
    return _answer("ok")


def _answer(words: str, status: int = 200) -> HttpResponse:
    return HttpResponse(
        f"{words}\n", status=status, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )
