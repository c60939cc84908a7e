"""The project's own settings with a throw-away key, folder and password hasher."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="talent-portal-tests-"))

from portal.settings import *  # noqa: F403 -- after the environment above

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405 -- from the settings
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 -- from the settings
