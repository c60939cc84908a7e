"""Tables whose rows the database itself refuses to change or delete, whoever asks.

A table remake drops triggers without a word, and one that names another table stops SQLite from remaking that table:
so they are dropped before migrations run and made again after every `migrate`. Each name carries a digest of what the
trigger does, so that one of an older release is known for what it is.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction
from django.db.models import Model

PREFIX = "trail_"
When = Callable[[str], str]
"""Writes a condition over OLD and NEW in the SQL of a database, named by its vendor."""


def never(vendor: str) -> str:
    return "1 = 0"


def unchanged(model: type[Model], *, but: Iterable[str] = ()) -> When:
    """Every column as it was, but for those named."""
    names = frozenset(but)

    def condition(vendor: str) -> str:
        same = "IS" if vendor == "sqlite" else "IS NOT DISTINCT FROM"
        columns = [one.column for one in model._meta.local_concrete_fields if one.name not in names]
        return " AND ".join(f'OLD."{column}" {same} NEW."{column}"' for column in columns)

    return condition


def older_than(column: str, days: int) -> When:
    """By the database's own clock."""

    def condition(vendor: str) -> str:
        if vendor == "sqlite":
            return f"OLD.\"{column}\" < strftime('%Y-%m-%d %H:%M:%f', 'now', '-{days} days')"
        return f"OLD.\"{column}\" < now() - interval '{days} days'"

    return condition


def sql(text: str) -> When:
    """The same words in both databases."""
    return lambda vendor: text


def all_of(*conditions: When) -> When:
    return lambda vendor: " AND ".join(f"({condition(vendor)})" for condition in conditions)


def any_of(*conditions: When) -> When:
    return lambda vendor: " OR ".join(f"({condition(vendor)})" for condition in conditions)


@dataclass(frozen=True, slots=True)
class Trigger:
    """`condition` says when it runs `action`; without an action it refuses."""

    model: type[Model]
    moment: str
    condition: When
    action: str = ""

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    def name(self, vendor: str) -> str:
        text = "|".join((self.table, self.moment, self.condition(vendor), self.action))
        kind = self.moment.split()[-1].lower()
        return f"{PREFIX}{self.table}_{kind}"[:50] + "_" + hashlib.sha256(text.encode()).hexdigest()[:8]

    def statements(self, vendor: str) -> list[str]:
        """What makes the trigger."""
        name, when = self.name(vendor), self.condition(vendor)
        head = f'CREATE TRIGGER "{name}" {self.moment} ON "{self.table}" FOR EACH ROW WHEN ({when})'
        if vendor == "sqlite":
            body = self.action or f"SELECT RAISE(ABORT, 'rows of {self.table} stay as they are');"
            return [f"{head} BEGIN {body} END"]
        refusal = f"RAISE EXCEPTION 'rows of {self.table} stay as they are' USING ERRCODE = 'restrict_violation';"
        body = f"BEGIN {self.action or refusal} RETURN NEW; END"
        function = f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $trail$ {body} $trail$'
        return [function, f'{head} EXECUTE FUNCTION "{name}"()']


_TRIGGERS: list[Trigger] = []


def append_only(model: type[Model], *, delete_when: When = never, update_when: When = never) -> None:
    """Refuse every UPDATE and DELETE of a stored row but where the condition is true; one that is NULL refuses."""
    _TRIGGERS.append(Trigger(model, "BEFORE UPDATE", _is_not_true(update_when)))
    _TRIGGERS.append(Trigger(model, "BEFORE DELETE", _is_not_true(delete_when)))


def after_insert(model: type[Model], action: str) -> None:
    """Run one statement over NEW with every insert, in the same transaction."""
    _TRIGGERS.append(Trigger(model, "AFTER INSERT", lambda vendor: "1 = 1", action))


def _is_not_true(condition: When) -> When:
    return lambda vendor: f"({condition(vendor)}) IS NOT TRUE"


def missing_triggers(using: str = "default") -> list[str]:
    """The tables, with the kind of change, that nothing guards at the moment; one query."""
    vendor = connections[using].vendor
    there = set(installed_triggers(using))
    return [f"{one.table} {one.moment.split()[-1]}" for one in _TRIGGERS if one.name(vendor) not in there]


def install_triggers(using: str = "default") -> None:
    """Make the triggers that are missing, where their tables are there, and drop those of older releases."""
    connection = connections[using]
    wanted = {one.name(connection.vendor): one for one in _TRIGGERS}
    there = installed_triggers(using)
    drop_triggers(using, [name for name in there if name not in wanted])
    with transaction.atomic(using=using), connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for name, trigger in wanted.items():
            if name not in there and trigger.table in tables:
                for statement in trigger.statements(connection.vendor):
                    cursor.execute(statement)


def drop_triggers(using: str, names: Iterable[str]) -> None:
    connection = connections[using]
    tables = installed_triggers(using)
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for name in names:
            if connection.vendor == "sqlite":
                cursor.execute(f'DROP TRIGGER "{name}"')
            else:
                cursor.execute(f'DROP TRIGGER "{name}" ON "{tables[name]}"')
                cursor.execute(f'DROP FUNCTION "{name}"()')


def installed_triggers(using: str) -> dict[str, str]:
    """The names of our triggers in the database, each with its table."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                "WHERE NOT tgisinternal AND tgenabled <> 'D' AND pg_table_is_visible(pg_class.oid)"
            )
        return {name: table for name, table in cursor.fetchall() if name.startswith(PREFIX)}


def drop_before_migrating(using: str = "default", plan: Any = (), **_unused: Any) -> None:
    """A `migrate` that has something to do finds tables without triggers."""
    if plan:
        drop_triggers(using, list(installed_triggers(using)))


def install_after_migrating(using: str = "default", **_unused: Any) -> None:
    install_triggers(using)
