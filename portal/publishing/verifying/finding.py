from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, TextField
from django.db.models.functions import Cast


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about one row that nobody who writes through the portal can have done."""

    table: str
    key: Any
    what: str

    def __str__(self) -> str:
        return f"{self.table} {self.key}: {self.what}"


def raw_rows(rows: Any) -> Any:
    """Rows as mappings whose moments, identities and JSON are texts, so that no tampered value stops the reading."""
    columns: dict[str, Any] = {}
    for one in rows.model._meta.concrete_fields:
        is_parsed = one.get_internal_type() in {"DateTimeField", "UUIDField", "TextField", "JsonTextField"}
        columns[f"raw_{one.attname}"] = Cast(one.attname, TextField()) if is_parsed else F(one.attname)
    return rows.annotate(**columns).values(*columns).iterator(chunk_size=200)


def parsed(raw: dict[str, Any], model: Any) -> Any:
    """An unsaved row of what `raw_rows` read; ValueError where a value is not of its column's type."""
    values: dict[str, Any] = {}
    for one in model._meta.concrete_fields:
        value = raw[f"raw_{one.attname}"]
        kind = one.get_internal_type()
        if value is not None and kind == "DateTimeField":
            value = _moment(value)
        elif value is not None and kind == "UUIDField":
            value = UUID(value)
        values[one.attname] = value
    return model(**values)


def _moment(text: str) -> datetime:
    """SQLite keeps UTC without saying so, PostgreSQL says it."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
