import pytest
from django.template.response import SimpleTemplateResponse

from portal.staff.models import User
from tests.admin.browser import Browser, make_editor
from tests.factories import make_region


@pytest.fixture
def drawn():
    """For tests that read the page itself."""


@pytest.fixture(autouse=True)
def undrawn(request, monkeypatch):
    """Drawing a page is most of its cost; tests of what is saved or refused look at the forms behind it."""
    if "drawn" not in request.fixturenames:
        monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")


@pytest.fixture(autouse=True)
def forms_edit_drafts(made_as_drafts):
    """What is made here is a draft unless a test says otherwise."""


@pytest.fixture
def root(db):
    """Writes and publishes for the whole site."""
    return Browser(make_editor(name="root", display_name="管理员"))


@pytest.fixture
def administrator(db):
    """Manages people and settings, and writes no content."""
    return Browser(User.objects.create_superuser("administrator", "", "secret", display_name="网站管理员"))


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
