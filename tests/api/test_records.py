"""A record of a list is what its serializer says of the whole entry, for every row there is."""

import orjson
import pytest
from django.db import transaction
from django.utils import translation

import portal.urls
from portal.api.records import record_columns
from portal.api.viewset import ListEndpoint
from tests.world import build_world

pytestmark = pytest.mark.django_db
LISTS = {
    pattern.name: pattern.callback.view_class
    for pattern in portal.urls.api
    if issubclass(getattr(pattern.callback, "view_class", object), ListEndpoint)
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for the tests of this module, gone after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


def serialized(view, language, names=""):
    """By DRF, of entries with all their columns."""
    rows = list(view.model.objects.published().for_list())
    view().prepare(rows)
    with translation.override(language):
        found = view.serializer_class.narrowed(names, instance=rows, many=True, context={"language": language}).data
        return sorted(orjson.loads(orjson.dumps(found, default=str)), key=str)


def listed(client, plural, language, names=""):
    body = client.get(f"/api/v1/{plural}/?limit=200&lang={language}" + (f"&fields={names}" if names else "")).json()
    return sorted(body["results"], key=str)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("plural", LISTS)
def test_records_are_what_the_serializer_says(world, client, plural, language):
    expected = serialized(LISTS[plural], language)

    assert listed(client, plural, language) == expected
    assert expected
    for name in expected[0]:
        assert listed(client, plural, language, name) == serialized(LISTS[plural], language, name)


def test_records_keep_the_order_of_their_fields(world, client):
    for plural, view in LISTS.items():
        record = client.get(f"/api/v1/{plural}/?limit=1").json()["results"][0]

        assert list(record) == list(view.serializer_class().fields), plural


def test_a_list_reads_no_long_texts():
    columns = {plural: record_columns(view.serializer_class, view.model) for plural, view in LISTS.items()}

    assert {column for found in columns.values() for column in found if "body" in column or column.endswith("_html")} == set()
    assert columns["topics"] == {
        "id", "uuid", "slug", "updated_at", "version", "applies_below", "name", "name_en", "position",
        "region__id", "region__slug", "region__short_name", "region__name_en",
        "parent__id", "parent__slug", "parent__name", "parent__name_en", "parent__state", "parent__copy_of",
        "parent__visible_from", "parent__visible_until",
    }  # fmt: skip


def test_an_unknown_field_is_refused_with_the_names_there_are(world, client):
    body = client.get("/api/v1/topics/?fields=slug,nmae").json()

    assert (body["parameter"], body["status"]) == ("fields", 400)
    assert "name" in body["hint"]
