"""The project's own settings with a throw-away key, folder and password hasher."""

import atexit
import os
import shutil
import tempfile


def _remove(folder: str, maker: int) -> None:
    """Forked children, which end sooner, leave it to the process that made it."""
    if os.getpid() == maker:
        shutil.rmtree(folder, ignore_errors=True)


os.environ.setdefault("SECRET_KEY", "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-")
if "DATA_DIR" not in os.environ:
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="talent-portal-tests-")
    atexit.register(_remove, os.environ["DATA_DIR"], os.getpid())

from portal.settings import *  # noqa: E402, F403 -- after the environment above

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405 -- from the settings
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 -- from the settings
