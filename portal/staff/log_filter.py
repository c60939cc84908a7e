"""Keep what opens an account or a draft out of the log."""

import logging
import re

LINK = re.compile(r"(/admin/(?:reset|invitation)/)[^/\s]+/[^/\s?'\"]+|(/preview/)[0-9a-f]{8}[^/\s?'\"]*")


class LinksFilter(logging.Filter):
    """Blot out the token of a link to set a password or to see a draft, in the message and in the request named beside it."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if LINK.search(message):
            record.msg, record.args = LINK.sub(r"\1\2…", message), ()
        request = getattr(record, "request", None)
        if request is not None and LINK.search(repr(request)):
            record.request = LINK.sub(r"\1\2…", repr(request))
        return True
