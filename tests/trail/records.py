"""Making and tampering with rows of the trail."""

from django.db import connection

from portal.publishing.append_only import drop_triggers, install_triggers, installed_triggers


def unguarded(statement, values=()):
    """Run one statement as somebody would who owns the database: with the triggers gone, and back afterwards."""
    drop_triggers("default", list(installed_triggers("default")))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    install_triggers()
