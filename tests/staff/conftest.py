import pytest
from django.core.cache import cache
from django.test import Client

from portal.staff.models import User
from tests.admin.browser import Browser
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
    region = make_region("qijiang")
    return User.objects.create_user("li", "li@example.cn", PASSWORD, display_name="李编辑", is_staff=True, region=region)


@pytest.fixture
def invited(db):
    user = User(username="wang", display_name="王编辑", is_staff=True, region=make_region("qijiang"))
    user.set_unusable_password()
    user.save()
    return user


@pytest.fixture
def mail_server(settings):
    settings.SENDS_MAIL = True
    settings.DEFAULT_FROM_EMAIL = "portal@example.cn"
