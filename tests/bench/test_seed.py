import pytest
from django.db import transaction

from bench.lives import HIDDEN, MOMENT, WITHDRAWN_AFTER, on_show
from bench.seed import seed
from policies.models import (
    Benefit,
    Clause,
    Policy,
    PolicyRelation,
    Programme,
    Service,
    ServiceBasis,
    ServiceMaterial,
    ServicePoint,
    ServiceStep,
)
from portal.publishing.lifecycle import finish_entry, save_entry
from portal.publishing.models import Change, ContentState, State
from regions.models import Event, Figure, Indicator, Organisation, Photo, PhotoUse, Region, RegionIdentity, Source, Story, Topic

pytestmark = pytest.mark.django_db

ROWS = 120
ENTRIES = (Region, Topic, Source, Organisation, Indicator, Photo, Figure, Service, Policy, Story, Event, Programme)
CHILDREN = (Benefit, Clause, PolicyRelation, ServiceBasis, ServiceMaterial, ServicePoint, ServiceStep, PhotoUse, RegionIdentity)
DERIVED = {
    "title_key", "name_key", "order_key", "body_html", "body_en_html", "summary_html", "summary_en_html", "date_key", "force_from", "force_until",
    "during_force", "after_force", "translated_from", "version", "updated_at", "first_published_at", "public_updated_at",
}  # fmt: skip
"""Columns that the ordinary path fills in by itself."""
OWN = {"id", "created_at"}
"""The key, and the clock of the writing itself."""

SAMPLE = [1, 2, 3, *(place + 1 for place in HIDDEN)]
"""Keys of three entries on show and of one hidden in each way."""


@pytest.fixture
def seeded():
    return seed(ROWS)


def columns(row, *, without=frozenset(OWN)):
    fields = row._meta.concrete_fields
    return {field.attname: field.to_python(getattr(row, field.attname)) for field in fields if field.name not in without}


def announced(entry):
    return list(Change.objects.filter(entry_uuid=entry.uuid).order_by("seq", "pk").values_list("kind", "effective_at"))


def seed_and_forget():
    with transaction.atomic():
        seed(ROWS)
        rows = {model: list(model._base_manager.order_by("pk").values()) for model in (*ENTRIES, *CHILDREN, Change)}
        transaction.set_rollback(True)
    return rows


def test_seed_writes_the_same_rows_twice():
    assert seed_and_forget() == seed_and_forget()


def test_seed_puts_all_but_six_in_a_hundred_on_show(seeded):
    found = {
        model: (model._base_manager.count(), model.objects.published().count())
        for model in (Policy, Service, Figure, Photo, Story, Event, Programme)
    }

    assert found == dict.fromkeys(found, (ROWS, on_show(ROWS)))


def test_seed_hides_entries_in_every_way(seeded):
    hidden = Policy._base_manager.exclude(pk__in=Policy.objects.published()).order_by("pk")

    states = [State.DRAFT, State.DRAFT, State.PUBLISHED, State.PUBLISHED, State.WITHDRAWN, State.REVIEW, State.DRAFT]
    assert list(hidden.values_list("state", flat=True)) == states


def test_seed_leaves_the_counter_at_the_last_change(seeded):
    assert ContentState.objects.get().seq == Change.objects.order_by("-seq")[0].seq


def test_seed_writes_bodies_of_the_length_of_a_policy(seeded):
    lengths = [len(body) for body in Policy._base_manager.values_list("body", flat=True)]

    assert 1300 < sum(lengths) / ROWS < 1700


def test_seeded_rows_pass_every_check_of_a_form(seeded):
    for model in (*ENTRIES, *CHILDREN):
        for row in model._base_manager.order_by("pk")[:100:9]:
            row.full_clean()


def test_seeded_entries_equal_those_the_lifecycle_writes(seeded):
    for model in ENTRIES:
        for stored in model._base_manager.filter(pk__in=SAMPLE).order_by("pk"):
            # Nothing uses the copy of a topic, source or indicator, so readers never see it.
            expected = columns(stored), [] if model.is_public_when_used else announced(stored)
            again = write_again(stored)

            again.refresh_from_db()
            assert (columns(again), announced(again)) == expected


def test_seeded_children_equal_those_their_forms_save(seeded):
    for model in CHILDREN:
        stored = model._base_manager.order_by("pk")[0]
        again = model(**columns(stored, without=OWN | DERIVED))
        expected = columns(stored)
        stored.delete()

        again.save()
        again.refresh_from_db()
        assert columns(again) == expected


def write_again(stored):
    """Move the stored row out of the way and write its inputs by the ordinary path, at the moment it was written."""
    again = type(stored)(**columns(stored, without=OWN | DERIVED))
    free = {"slug": f"{stored.slug}-old", "uuid": f"00000000-0000-4000-8000-{stored.pk:012}"}
    if isinstance(stored, Policy):
        free |= {"doc_number_status": "unknown", "doc_code": "", "doc_year": None, "doc_seq": None}
    type(stored)._base_manager.filter(pk=stored.pk).update(**free)
    Change.objects.filter(entry_uuid=stored.uuid).delete()
    at = min(stored.updated_at, MOMENT)
    if stored.state == State.WITHDRAWN:
        again.state, again.withdrawn_reason = State.PUBLISHED, ""
        save_entry(again, by=None, at=at - WITHDRAWN_AFTER)
        finish_entry(again, at=at - WITHDRAWN_AFTER)
        again.state, again.withdrawn_reason = stored.state, stored.withdrawn_reason
    save_entry(again, by=None, at=at)
    finish_entry(again, at=at)
    return again
