"""Gunicorn for one small machine; a buffering front server with header and body time-outs stands before it."""

import os
import re
from typing import Any

from gunicorn.glogging import Logger

workers = int(os.environ.get("WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("THREADS", "4"))
timeout = 30
graceful_timeout = 20
keepalive = 5
limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 8190
max_requests = 20_000
max_requests_jitter = 2_000
preload_app = True
control_socket_disable = True
# The front server sets no CGI variables by header: SITE_URL says where the site lives.
forwarder_headers = ""
forwarded_allow_ips = ""
umask = 0o077
accesslog = os.environ.get("ACCESS_LOG")


class logger_class(Logger):  # noqa: N801 -- the name of gunicorn's setting
    """The access log without the tokens of links that set a password or show a draft."""

    def atoms(self, *args: Any) -> dict[str, Any]:
        hide = re.compile(r"(/admin/(?:reset|invitation)/)[^/\s]+/[^/\s?]+|(/preview/)[0-9a-f]{8}[^/\s?]*")
        atoms = super().atoms(*args)
        return {name: hide.sub(r"\1\2...", text) if isinstance(text, str) else text for name, text in atoms.items()}
