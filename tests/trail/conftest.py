import pytest

from tests.admin.browser import Browser, make_editor


@pytest.fixture
def root(db):
    """Manages the site, and writes and publishes all of it."""
    return Browser(make_editor(name="root", display_name="管理员", is_superuser=True))
