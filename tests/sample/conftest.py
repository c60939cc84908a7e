import pytest
from django.db import transaction

from portal.ops.sample.checking import check_records
from portal.ops.sample.loader import FOLDER, load_records
from portal.ops.sample.reading import read_records

from .folder import write_folder


@pytest.fixture(scope="session")
def records():
    """The sample as shipped, checked once: the pictures take longest."""
    return check_records(read_records(FOLDER), FOLDER)


@pytest.fixture(scope="package")
def loaded(records, django_db_setup, django_db_blocker):
    """The sample in the database for all tests that ask for it, gone after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_records(records)
        transaction.set_rollback(True)


@pytest.fixture
def folder(tmp_path):
    """A small sample of its own, to be changed or broken."""
    return write_folder(tmp_path / "small")
