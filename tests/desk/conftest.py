import pytest

from tests import factories as make
from tests.admin.browser import Browser
from tests.workflow.cast import Office
from tests.workflow.conftest import administrator, draft, neighbour, office  # noqa: F401 -- the same cast


@pytest.fixture
def browse(db):
    """A browser of a person."""
    return Browser


@pytest.fixture
def one_step(db):
    """Xiushan with one step and two reviewers."""
    return Office(make.make_region("xiushan", review_steps=1), reviewers=2)
