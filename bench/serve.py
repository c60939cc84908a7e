"""Answers requests in process as a WSGI server would, without a network."""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory, override_settings

STARTPROJECT = (
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)
"""What `startproject` writes: the stack the floors run in."""


def handler_with(middleware: tuple[str, ...] | None) -> WSGIHandler:
    """A WSGI application with these middleware, or with the project's own for None."""
    if middleware is None:
        return WSGIHandler()
    with override_settings(MIDDLEWARE=list(middleware)):
        return WSGIHandler()


class Call:
    """One request that can be repeated."""

    def __init__(self, handler: WSGIHandler, address: str, **headers: str) -> None:
        self.handler = handler
        self.environ = RequestFactory(SERVER_NAME="127.0.0.1").get(address, headers=headers).environ
        self.status = ""
        self.headers: dict[str, str] = {}

    def __call__(self) -> bytes:
        """Return the body; status and headers are left in their attributes."""
        response = self.handler(dict(self.environ), self._start)
        body = b"".join(response)
        response.close()
        return body

    def _start(self, status: str, headers: list[tuple[str, str]], _failure: Any = None) -> Any:
        self.status, self.headers = status, dict(headers)
        return None
