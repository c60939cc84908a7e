"""The index tables, which no model describes: made by `migrate`, and by a rebuild as a generation of their own."""

from typing import Any

from django.db import connections, transaction

from portal.search.document import TOKENIZER
from portal.search.models import SearchDocument, SearchState
from portal.search.stores import store


@transaction.atomic
def make_tables(using: str = "default", **about: Any) -> None:
    """Give an empty index empty tables, after `migrate` and after `flush`; those of a filled one are left to the rebuild."""
    if using != "default" or SearchState._meta.db_table not in connections[using].introspection.table_names():
        return
    if SearchDocument.objects.exists():
        return
    state = SearchState.locked()
    here = store()
    here.drop(state.generation)
    here.create(state.generation)
    if "plan" not in about:  # nothing at all is left, so nothing is missing in the index either
        state.tokenizer = TOKENIZER
        state.save(update_fields=["tokenizer"])
