"""Values of columns as plain JSON that is the same on both databases, and back."""

import json
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from portal.publishing.models.json_text import JsonTextField


def plain_value(column: Any, value: Any) -> Any:
    """A stored value, or what SQL's JSON makes of one, as text, number, truth, None or a JSON document."""
    if value is None:
        return None
    if isinstance(column, JsonTextField):
        return json.loads(value) if isinstance(value, str) else value
    return _plain(column, column.to_python(value))


def _plain(column: Any, value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value.quantize(Decimal(1).scaleb(-column.decimal_places)), "f")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | uuid.UUID):
        return str(value)
    return value


def stored_value(column: Any, value: Any) -> Any:
    """What a row holds for a plain value; the inverse of `plain_value`."""
    if value is None or isinstance(column, JsonTextField):
        return value
    if isinstance(column, models.DateTimeField):
        return datetime.fromisoformat(value)
    return column.to_python(value)
