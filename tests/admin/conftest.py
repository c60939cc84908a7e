import pytest

from portal.staff.models import User
from tests.admin.browser import Browser, make_editor
from tests.factories import make_region


@pytest.fixture
def root(db):
    return Browser(User.objects.create_superuser("root", "", "secret", display_name="管理员"))


@pytest.fixture
def qijiang(db):
    return make_region("qijiang")


@pytest.fixture
def xiushan(db):
    return make_region("xiushan")


@pytest.fixture
def editor(qijiang):
    """An editor of Qijiang, who may not touch Xiushan or Chongqing."""
    return Browser(make_editor(qijiang))
