from collections.abc import Iterable
from typing import Any

from django.db import connection

from portal.search.document import Words
from portal.search.expression import Expression, Joined
from portal.search.stores.base import Store, Tier, fetch


class PostgresStore(Store):
    """Two vectors written as literals, no text search configuration: A is the title, B the keys; the body has no positions."""

    def create(self, generation: int) -> None:
        name = f"search_tokens_{generation:d}"
        self.drop(generation)  # what an interrupted run or a restored copy left
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {name} (id bigint PRIMARY KEY, head tsvector NOT NULL, body tsvector NOT NULL)")
            cursor.execute(f"CREATE INDEX {name}_head ON {name} USING gin (head) WITH (fastupdate = off)")
            cursor.execute(f"CREATE INDEX {name}_body ON {name} USING gin (body) WITH (fastupdate = off)")

    def drop(self, generation: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS search_tokens_{generation:d}")

    def is_there(self, generation: int) -> bool:
        return bool(fetch("SELECT to_regclass(%s) IS NOT NULL", [f"search_tokens_{generation:d}"])[0][0])

    def put(self, generation: int, id: int, words: Words, before: Words | None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO search_tokens_{generation:d} (id, head, body) VALUES (%s, %s::tsvector, %s::tsvector) "  # noqa: S608 -- a number
                "ON CONFLICT (id) DO UPDATE SET head = excluded.head, body = excluded.body",
                [id, _head(words), " ".join(f"'{one}'" for one in words.body_tokens)],
            )

    def delete(self, generation: int, id: int, before: Words) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM search_tokens_{generation:d} WHERE id = %s", [id])  # noqa: S608 -- a number

    def source(self, generation: int, expression: Expression, tier: Tier) -> tuple[str, list[Any]]:
        match = compiled(expression, ":A" if tier == "title" else "")
        if not match:
            return "SELECT id FROM search_searchdocument WHERE false", []
        column = "body" if tier == "any" else "head"
        # Materialised, or the newest rows would be read one after the other until enough of them match.
        return (
            f"WITH found AS MATERIALIZED (SELECT id FROM search_tokens_{generation:d} WHERE {column} @@ %s::tsquery) SELECT id FROM found",  # noqa: S608 -- a number
            [match],
        )

    def term_counts(self, generation: int) -> Iterable[tuple[str, int]]:
        counted = f"SELECT body FROM search_tokens_{generation:d}"  # noqa: S608 -- a number
        found = fetch("SELECT word, ndoc FROM ts_stat(%s)", [counted])
        return [(term, count) for term, count in found if not term.startswith("§")]


def compiled(expression: Expression, weight: str) -> str:
    """As tsquery reads it; tokens hold neither quotation marks nor backslashes."""
    if isinstance(expression, Joined):
        parts = [text for one in expression.parts if (text := compiled(one, weight))]
        return f"({(' & ' if expression.by == 'and' else ' | ').join(parts)})" if parts else ""
    if expression.endswith("*"):
        return f"'{expression[:-1]}':*{weight.removeprefix(':')}"
    return f"'{expression}'{weight}"


def _head(words: Words) -> str:
    weights: dict[str, str] = dict.fromkeys(words.title_tokens, "1A")
    for token in words.key_tokens:
        weights[token] = f"{weights[token]},2B" if token in weights else "2B"
    return " ".join(f"'{token}':{weight}" for token, weight in weights.items())
