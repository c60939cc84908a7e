from django.db import connection

from portal.search.stores.base import Row, Store
from portal.search.stores.postgres import PostgresStore
from portal.search.stores.scan import ScanStore
from portal.search.stores.sqlite import SqliteStore

__all__ = ["PostgresStore", "Row", "ScanStore", "SqliteStore", "Store", "store"]


def store() -> Store:
    return PostgresStore() if connection.vendor == "postgresql" else SqliteStore()
