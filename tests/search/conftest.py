from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from portal.search.counting import count_again
from portal.search.document import Document
from portal.search.index import put_documents
from portal.search.models import Synonym

NOW = datetime(2026, 3, 1, 4, tzinfo=UTC)
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


@pytest.fixture
def index(db):
    """A function that indexes documents written as titles or as keywords, and counts the words."""
    numbers = count(1)

    def add(*documents, **shared):
        made = [document_of(one if isinstance(one, dict) else {"title": one}, next(numbers), shared) for one in documents]
        for kind in sorted({one.kind for one in made}):
            put_documents([one for one in made if one.kind == kind])
        count_again(NOW)
        return made

    return add


def document_of(fields, number, shared=()):
    fields = {"kind": "policy", "keys": "", "body": "", **dict(shared), **fields}
    days = {"visible_from": NOW - timedelta(days=30), "visible_until": FOREVER, "published_on": date(2025, 1, 1)}
    return Document(**{"object_id": number, **days, **fields})


@pytest.fixture
def synonyms(db):
    def add(term, equivalents, both_ways=True, is_active=True):
        return Synonym.objects.create(term=term, equivalents=equivalents, both_ways=both_ways, is_active=is_active)

    return add
