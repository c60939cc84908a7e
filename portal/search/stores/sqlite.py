from collections.abc import Iterable
from typing import Any

from django.db import connection

from portal.search.document import Words
from portal.search.expression import Expression, Joined
from portal.search.stores.base import Store, Tier, fetch

# Every token arrives ready: this tokenizer only splits at spaces, as it takes all that is not ASCII for letters.
HEAD = "CREATE VIRTUAL TABLE search_head_{0} USING fts5(title, keys, content='', columnsize=0, detail=column, tokenize=\"ascii tokenchars '-._'\")"
BODY = "CREATE VIRTUAL TABLE search_body_{0} USING fts5(tokens, content='', columnsize=0, detail=none, tokenize=\"ascii tokenchars '-._'\")"


class SqliteStore(Store):
    """Two contentless FTS5 tables: the tokens of title and keys by column, all tokens without."""

    join = "CROSS JOIN"  # in this order: found by the words first, then looked up

    def create(self, generation: int) -> None:
        self.drop(generation)  # what an interrupted run or a restored copy left
        with connection.cursor() as cursor:
            cursor.execute(HEAD.format(generation))
            cursor.execute(BODY.format(generation))

    def drop(self, generation: int) -> None:
        with connection.cursor() as cursor:
            for name in ("head", "body"):
                cursor.execute(f"DROP TABLE IF EXISTS search_{name}_{generation:d}")

    def is_there(self, generation: int) -> bool:
        names = [f"search_head_{generation}", f"search_body_{generation}"]
        return len(fetch("SELECT name FROM sqlite_master WHERE name IN (%s, %s)", names)) == 2

    def put(self, generation: int, id: int, words: Words, before: Words | None) -> None:
        if before is not None:
            self.delete(generation, id, before)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO search_head_{generation:d} (rowid, title, keys) VALUES (%s, %s, %s)",  # noqa: S608 -- a number
                [id, " ".join(words.title_tokens), " ".join(words.key_tokens)],
            )
            cursor.execute(
                f"INSERT INTO search_body_{generation:d} (rowid, tokens) VALUES (%s, %s)",  # noqa: S608 -- a number
                [id, " ".join(words.body_tokens)],
            )

    def delete(self, generation: int, id: int, before: Words) -> None:
        """FTS5 finds what to remove only by the tokens it was given."""
        head, body = f"search_head_{generation:d}", f"search_body_{generation:d}"
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {head} ({head}, rowid, title, keys) VALUES ('delete', %s, %s, %s)",  # noqa: S608 -- a number
                [id, " ".join(before.title_tokens), " ".join(before.key_tokens)],
            )
            cursor.execute(
                f"INSERT INTO {body} ({body}, rowid, tokens) VALUES ('delete', %s, %s)",  # noqa: S608 -- a number
                [id, " ".join(before.body_tokens)],
            )

    def source(self, generation: int, expression: Expression, tier: Tier) -> tuple[str, list[Any]]:
        table = f"search_{'body' if tier == 'any' else 'head'}_{generation:d}"
        match = compiled(expression)
        if not match:
            return "SELECT id FROM search_searchdocument WHERE 1 = 0", []
        match = f"{{title}} : ({match})" if tier == "title" else match
        return f"SELECT rowid AS id FROM {table} WHERE {table} MATCH %s", [match]  # noqa: S608 -- a number

    def term_counts(self, generation: int) -> Iterable[tuple[str, int]]:
        name = f"search_terms_{generation:d}"
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE VIRTUAL TABLE temp.{name} USING fts5vocab('main', 'search_body_{generation:d}', 'row')")
            cursor.execute(f"SELECT term, doc FROM temp.{name}")  # noqa: S608 -- a number
            found = cursor.fetchall()
            cursor.execute(f"DROP TABLE temp.{name}")
        return [(term, count) for term, count in found if not term.startswith("§")]


def compiled(expression: Expression) -> str:
    """As FTS5 reads it; tokens hold no quotation marks."""
    if isinstance(expression, Joined):
        parts = [text for one in expression.parts if (text := compiled(one))]
        return f"({f' {expression.by.upper()} '.join(parts)})" if parts else ""
    return f'"{expression[:-1]}"*' if expression.endswith("*") else f'"{expression}"'
