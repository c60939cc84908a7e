"""Making and tampering with rows of the trail."""

from django.db import connection

from policies.models import Policy
from portal.publishing.append_only import drop_triggers, install_triggers, installed_triggers
from regions.models import Story


def unguarded(statement, values=()):
    """Run one statement as somebody would who owns the database: with the triggers gone, and back afterwards."""
    drop_triggers("default", list(installed_triggers("default")))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    install_triggers()


def bare_story(headline="报道", pk=41):
    """A story nobody stored, so that the trail holds nothing but what the test writes."""
    return Story(pk=pk, headline=headline, region_id=7)


def bare_policy():
    return Policy(pk=42, title="办法", region_id=7)
