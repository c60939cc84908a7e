"""The project's own settings; static files need not have been collected, and an address of the bench's own is added."""

from portal.settings import *  # noqa: F403 -- the settings under test

ROOT_URLCONF = "bench.urls"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405 -- from the settings
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 -- whitenoise warns of a missing folder
TEMPLATES = [{**TEMPLATES[0], "DIRS": [*TEMPLATES[0]["DIRS"], BASE_DIR / "bench" / "templates"]}]  # type: ignore[misc]  # noqa: F405 -- from the settings
