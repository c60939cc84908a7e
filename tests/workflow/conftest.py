import pytest

from portal.publishing.models import State
from portal.staff.models import User
from tests import factories as make
from tests.workflow.cast import Office


@pytest.fixture
def office(db):
    """Qijiang, where three people approve."""
    return Office(make.make_region("qijiang", review_steps=3))


@pytest.fixture
def neighbour(db):
    """Xiushan, where one person approves."""
    return Office(make.make_region("xiushan", review_steps=1), reviewers=1)


@pytest.fixture
def administrator(db):
    return User.objects.create_superuser("administrator", "", "secret")


@pytest.fixture
def draft(office):
    entry = make.make_policy(state=State.DRAFT, region=office.region, slug="apartments")
    type(entry).objects.update(created_by=office.author, updated_by=office.author)
    return type(entry).objects.get(pk=entry.pk)
