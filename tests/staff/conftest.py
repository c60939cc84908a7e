import pytest
from django.core.cache import cache
from django.test import Client

from portal.staff.models import Role, User
from tests.admin.browser import Browser, grant
from tests.factories import make_region

PASSWORD = "correct-horse-battery"


@pytest.fixture(autouse=True)
def no_earlier_requests():
    cache.clear()


@pytest.fixture
def visitor():
    return Client()


@pytest.fixture
def root(db):
    return Browser(User.objects.create_superuser("root", "root@example.cn", PASSWORD, display_name="管理员"))


@pytest.fixture
def li(db):
    """An editor of Qijiang with a password and an address."""
    user = User.objects.create_user("li", "li@example.cn", PASSWORD, display_name="李编辑", is_staff=True)
    grant(user, Role.EDITOR, make_region("qijiang"))
    return user


@pytest.fixture
def invited(db):
    user = User(username="wang", display_name="王编辑", is_staff=True)
    user.set_unusable_password()
    user.save()
    grant(user, Role.EDITOR, make_region("qijiang"))
    return user


@pytest.fixture
def mail_server(settings):
    settings.SENDS_MAIL = True
    settings.DEFAULT_FROM_EMAIL = "portal@example.cn"
