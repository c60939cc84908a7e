import pytest
from django.db import connection, connections


@pytest.fixture
def own_file(transactional_db, tmp_path):
    """On SQLite the test's database in a file, as a site has it: connections to one in memory lock each other's tables."""
    if connection.vendor != "sqlite":
        yield
        return
    path = tmp_path / "copy.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    kept, settings = connections["default"], connections.settings["default"]
    name, settings["NAME"] = settings["NAME"], str(path)
    connections["default"] = connections.create_connection("default")
    yield
    connections["default"].close()
    connections["default"], settings["NAME"] = kept, name
