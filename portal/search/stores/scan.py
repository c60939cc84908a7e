from collections.abc import Iterable
from typing import Any

from portal.search.document import READING, Words
from portal.search.expression import Expression, Joined
from portal.search.stores.base import TEXT, Store, Tier

COLUMNS = {
    "title": "t.title",
    "head": "t.title || ' ' || t.keys || t.names",
    "any": "t.title || ' ' || t.keys || t.names || t.body",
}


class ScanStore(Store):
    """The same answers, slowly, from the stored words: while the index tables are not there yet."""

    def create(self, generation: int) -> None:
        raise NotImplementedError

    def drop(self, generation: int) -> None:
        raise NotImplementedError

    def is_there(self, generation: int) -> bool:
        return True

    def put(self, generation: int, id: int, words: Words, before: Words | None) -> None:
        """Nothing to write: the words are stored with the document."""

    def delete(self, generation: int, id: int, before: Words) -> None:
        """Nothing to remove."""

    def source(self, generation: int, expression: Expression, tier: Tier) -> tuple[str, list[Any]]:
        params: list[str] = []
        condition = _condition(expression, tier, params) or "1 = 0"
        return f"SELECT t.document_id AS id FROM {TEXT} t WHERE {condition}", params  # noqa: S608 -- no input in it

    def term_counts(self, generation: int) -> Iterable[tuple[str, int]]:
        return []


def _condition(expression: Expression, tier: Tier, params: list[str]) -> str:
    if isinstance(expression, Joined):
        parts = [text for one in expression.parts if (text := _condition(one, tier, params))]
        return f"({f' {expression.by.upper()} '.join(parts)})" if parts else ""
    token = expression.removesuffix("*")
    if token.startswith(READING):
        params.append(f"% {token.removeprefix(READING)}%")
        return "t.readings LIKE %s"
    params.append(f"%{token}%")
    return f"{COLUMNS[tier]} LIKE %s"
