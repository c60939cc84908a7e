from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class AsciiKeyField(models.CharField):  # type: ignore[type-arg]  # -- not subscriptable at run time
    """A column of ASCII text that sorts by code point on every database (SQLite does so by itself)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters = dict(super().db_parameters(connection))
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
