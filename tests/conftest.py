import pytest


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Every test has picture folders of its own."""
    for alias in ("originals", "renditions"):
        settings.STORAGES = {
            **settings.STORAGES,
            alias: {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / alias}},
        }
    return tmp_path
