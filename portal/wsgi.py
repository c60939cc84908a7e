"""The WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
site = get_wsgi_application()

from portal.web.response_cache import cached  # noqa: E402 -- after the settings are there

application = cached(site)
