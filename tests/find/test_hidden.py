"""What readers must not see is in no result, suggestion, count or list that is asked for its words."""

import pytest
from django.db import transaction

from portal.publishing.search_entries import rebuild_index
from tests.test_surfaces import LISTS
from tests.world import SECRET, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def secrets(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        build_world()
        rebuild_index()
        yield
        transaction.set_rollback(True)


def test_a_word_of_hidden_entries_finds_nothing_anywhere(secrets, client):
    found = {"search": client.get(f"/api/v1/search/?q={SECRET}").json()["count"]}
    page = client.get(f"/search/?q={SECRET}").context
    found |= {"page": page["total"], "fields": sum(len(field.options) for field in page["form"].fields)}
    found["suggest"] = len(client.get(f"/search/suggest?q={SECRET}").json()["suggestions"])
    for plural in [*LISTS, "benefits"]:
        listed = client.get(f"/{plural}/?q={SECRET}").context
        found[plural] = listed["total"] + sum(map(len, listed["counts"].choices.values()))
        found[f"api {plural}"] = client.get(f"/api/v1/{plural}/?q={SECRET}").json()["count"]

    assert {name for name, count in found.items() if count} == set()


def test_results_of_public_words_hold_nothing_hidden(secrets, client):
    for address in ("/search/", "/en/search/", "/api/v1/search/", "/search/suggest"):
        for words in ("人才", "talent", "窗口", "当时的说法", "待遇"):
            page = client.get(address, {"q": words}).content.decode()
            assert (SECRET in page, "secret-" in page) == (False, False), (address, words)
