import os

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from portal.publishing.append_only import drop_triggers, installed_triggers
from portal.publishing.kept import everything
from portal.publishing.models import State
from tests.factories import is_told, usual_state

VENDORS = {"postgres": "postgresql", "sqlite": "sqlite"}
"""Which database a marker asks for."""


ABOUT_WORDS = {"admin", "attachments", "desk", "figures", "pages", "preview", "sample"}
ABOUT_QUERIES = {
    "test_add_and_edit.py", "test_deleting.py", "test_lists.py", "test_loading.py", "test_related.py", "test_roles.py",
    "test_scope.py", "test_stale_save.py", "test_tampering.py",
}  # fmt: skip
"""In the folders about words, the modules about queries."""


@pytest.fixture
def media(settings, tmp_path):
    """Folders of the test's own for pictures and attachments."""
    for alias in ("originals", "renditions", "attachments"):
        settings.STORAGES = {
            **settings.STORAGES,
            alias: {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / alias}},
        }
    return tmp_path


@pytest.fixture
def made_as_drafts():
    """What factories make is a draft unless a test says otherwise: forms edit drafts."""
    token = usual_state.set(State.DRAFT)
    yield
    usual_state.reset(token)


@pytest.fixture
def untold():
    """Of what factories make neither history nor feeds nor search learn: for tests that only read the rows."""
    token = is_told.set(False)
    yield
    is_told.reset(token)


@pytest.fixture(autouse=True)
def known_content_types(request):
    """Django reads content types once a process; read them before, so that no count of queries depends on what ran earlier."""
    marker = request.node.get_closest_marker("django_db")
    transactional = {"transactional_db", "live_server"} & set(request.fixturenames)
    is_transactional = bool(transactional or (marker and marker.kwargs.get("transaction")))
    if marker or {"db", "transactional_db"} & set(request.fixturenames):
        request.getfixturevalue("transactional_db" if is_transactional else "db")
        request.getfixturevalue("media")
        ContentType.objects.get_for_models(*apps.get_models())
    yield
    if is_transactional:  # such a test ends by emptying every table, which the guarded ones refuse; `flush` puts the guards back
        drop_triggers("default", installed_triggers("default"))


@pytest.fixture(autouse=True)
def nothing_kept():
    """The transaction of a test is undone, so content versions come again with other content; those of a site never do."""
    for kept in everything:
        kept.clear()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Begin with the modules that take longest; those of the loaded sample last in their folder, so that it is loaded once.

    With SKIPS_FAIL, what belongs to another step of CI (the other database, or none) or to data that is not there is left out.
    """
    items.sort(key=_turn)
    if os.environ.get("SKIPS_FAIL"):
        left_out = [item for item in items if _belongs_elsewhere(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _turn(item):
    if item.path.name == "test_surfaces.py":
        return 0
    if item.path.parent.name != "sample":
        return 3
    return 2 if "loaded" in item.fixturenames else 1


def uses_database(item):
    """What asks no database is tried once, on SQLite's run."""
    return bool(
        item.get_closest_marker("django_db")
        or {"db", "transactional_db", "django_db_setup", "live_server"} & {*item.fixturenames}
    )


def _is_about_words(item):
    """What a page says is the same on every database, once the queries behind it are: those are tried on both.

    So that CI stays under ten minutes; without SKIPS_FAIL everything is tried on the database at hand.
    """
    return item.path.parent.name in ABOUT_WORDS and item.path.name not in ABOUT_QUERIES


def _belongs_elsewhere(item):
    is_elsewhere = any(item.get_closest_marker(name) and connection.vendor != vendor for name, vendor in VENDORS.items())
    is_elsewhere |= connection.vendor != VENDORS["sqlite"] and (not uses_database(item) or _is_about_words(item))
    return is_elsewhere or (item.get_closest_marker("reference") and not settings.REFERENCE_DATA)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    """With SKIPS_FAIL set, as in CI, a skipped test fails the run: nothing goes unchecked unnoticed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("SKIPS_FAIL") and reporter is not None and reporter.stats.get("skipped"):
        reporter.write_line("Tests were skipped, which counts as a failure here (SKIPS_FAIL).", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
