"""Changes written by several connections at once, read by another: none comes after a later one, none is missed."""

from threading import Event, Thread

import pytest
from django.db import connection, connections, transaction

from portal.publishing.lifecycle import finish_entry, save_entry
from portal.publishing.models import Change, State
from regions.models import Organisation, Story
from tests import factories as make

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def write(entry, **fields):
    for name, value in fields.items():
        setattr(entry, name, value)
    save_entry(entry, by=None)
    finish_entry(entry)


def beside(work):
    """Run something on a connection of its own."""

    def run():
        try:
            work()
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    return thread


def test_a_later_number_is_not_committed_before_an_earlier_one():
    first, second = make.make_organisation(slug="first"), make.make_organisation(slug="second")
    start = Change.objects.latest("seq").seq
    is_numbered, may_commit = Event(), Event()

    def slowly():
        with transaction.atomic():
            write(first, name="先取号")
            is_numbered.set()
            assert may_commit.wait(20)

    slow = beside(slowly)
    assert is_numbered.wait(20)
    quick = beside(lambda: write(second, name="后取号"))
    quick.join(1)
    while_open = quick.is_alive(), Change.objects.filter(seq__gt=start).count()
    may_commit.set()
    slow.join(20)
    quick.join(20)

    assert while_open == (True, 0)
    rows = Change.objects.filter(seq__gt=start).order_by("seq").values_list("slug", "effective_at")
    assert [slug for slug, _at in rows] == ["first", "second"]
    assert rows[0][1] < rows[1][1]


def test_who_follows_while_four_write_misses_nothing(client):
    entries = [make.make_organisation(slug=f"office-{number}") for number in range(4)]
    cursor = client.get("/api/v1/changes/?from=now").json()["cursor"]
    start = Change.objects.latest("seq").seq

    def write_often(entry):
        for number in range(25):
            write(Organisation.objects.get(pk=entry.pk), name=f"第{number}稿")

    writers = [beside(lambda entry=entry: write_often(entry)) for entry in entries]
    read, is_over = [], False
    while not is_over:
        is_over = not any(writer.is_alive() for writer in writers)
        body = client.get("/api/v1/changes/", {"cursor": cursor, "limit": 7}).json()
        while body["results"]:
            read += [row["seq"] for row in body["results"]]
            body = client.get("/api/v1/changes/", {"cursor": body["cursor"], "limit": 7}).json()
        cursor = body["cursor"]

    assert sorted(read) == list(range(start + 1, start + 101))
    assert read == sorted(read)


def test_two_who_take_the_last_uses_away_at_once_take_the_topic_along():
    topic = make.make_topic(slug="talents")
    stories = [make.make_story(topics=[topic]) for _ in range(2)]
    has_written, may_commit = Event(), Event()
    gone = {"state": State.WITHDRAWN, "withdrawn_reason": "过时"}

    def slowly():
        with transaction.atomic():
            write(Story.objects.get(pk=stories[0].pk), **gone)
            has_written.set()
            assert may_commit.wait(20)

    slow = beside(slowly)
    assert has_written.wait(20)
    quick = beside(lambda: write(Story.objects.get(pk=stories[1].pk), **gone))
    quick.join(1)
    may_commit.set()
    slow.join(20)
    quick.join(20)

    assert list(Change.objects.filter(slug="talents").values_list("kind", flat=True)) == ["published", "withdrawn"]
