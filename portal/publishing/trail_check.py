from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import connections

from portal.publishing.append_only import missing_triggers
from portal.publishing.models import AuditEntry


def triggers_are_there(databases: Any = None, **_unused: Any) -> list[CheckMessage]:
    """Whether the database guards the trail; asked by `manage.py check --database default` and before each `migrate`."""
    return [
        Warning(f"Nothing guards {name} in the database {using!r}.", hint="Run manage.py migrate.", id="portal.W001")
        for using in databases or ()
        if AuditEntry._meta.db_table in connections[using].introspection.table_names()
        for name in missing_triggers(using)
    ]
