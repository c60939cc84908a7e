import json
from typing import Any

from django.db import models


class JsonTextField(models.TextField):  # type: ignore[type-arg]  # -- not subscriptable at run time
    """JSON in a text column.

    Django's JSONField adds CHECK (JSON_VALID(…)), which SQLite before 3.42 refuses under `trusted_schema=OFF`.
    """

    def from_db_value(self, value: str | None, *_unused: object) -> Any:
        return {} if not value else json.loads(value)

    def to_python(self, value: Any) -> Any:
        return json.loads(value) if isinstance(value, str) and value else value

    def get_prep_value(self, value: Any) -> str:
        return json.dumps(value or {}, ensure_ascii=False, separators=(",", ":"))
