"""`/api/v1/changes/`: what it says, what it refuses, and that whoever follows it has what the lists have."""

import datetime
import uuid
from random import Random

import pytest
import time_machine
from django.core.management import call_command

import portal.urls
from portal.api.changes import changes_route
from portal.publishing.changes import KEPT, prune
from portal.publishing.lifecycle import delete_entry, finish_entry, save_entry
from portal.publishing.models import FOREVER, Change, ContentState, State
from portal.web.addresses import absolute
from regions.models import Figure, Indicator, Organisation, Source, Topic
from tests import factories as make
from tests.proof.profile import many

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2026, 1, 5, 4, 0, tzinfo=datetime.UTC)
SECOND, HOUR = datetime.timedelta(seconds=1), datetime.timedelta(hours=1)
ADDRESS = "/api/v1/changes/"
WITHDRAWN = {"state": State.WITHDRAWN, "withdrawn_reason": "公开的理由"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def write(entry, **fields):
    for name, value in fields.items():
        setattr(entry, name, value)
    save_entry(entry, by=None)
    finish_entry(entry)
    return entry


def ask(client, **query):
    response = client.get(ADDRESS, query)
    assert response.status_code == 200, response.content.decode()
    return response.json()


def told(client, **query):
    return [(row["kind"], row["type"], row["slug"]) for row in ask(client, **query)["results"]]


def test_the_whole_answer(client):
    office = make.make_organisation(slug="office", region=make.make_region("chongqing"))
    start = ask(client, **{"from": "now"})["cursor"]
    write(office, name="组织部")
    write(office, region=make.make_region("qijiang"))
    write(office, **WITHDRAWN)

    body = ask(client, cursor=start)

    known = {"effective_at": "2026-01-05T12:00:00+08:00", "type": "organisations", "uuid": str(office.uuid), "slug": "office"}
    shown = {"url": absolute("/organisations/office/"), "api_url": absolute("/api/v1/organisations/office/")}
    rows = [row for row in body["results"] if row["type"] == "organisations"]
    assert [{name: row[name] for name in row if name != "seq"} for row in rows] == [
        {"kind": "updated", "region": "chongqing", "region_before": None, "fields": ["name"], **known, **shown},
        {"kind": "updated", "region": "qijiang", "region_before": "chongqing", "fields": ["region"], **known, **shown},
        {"kind": "withdrawn", "region": "qijiang", "region_before": None, "fields": [], **known, "url": None, "api_url": None},
    ]
    seqs = [row["seq"] for row in body["results"]]
    assert seqs == sorted(set(seqs))
    assert {name: body[name] for name in ("next", "previous", "count")} == {"next": None, "previous": None, "count": None}
    assert ask(client, cursor=body["cursor"]) == {**body, "results": []}


def test_pages_follow_one_another_and_the_last_one_says_where_to_go_on(client):
    for name in "abcde":
        make.make_organisation(slug=name)

    found, address, pages = [], f"{ADDRESS}?limit=2&type=organisations", 0
    while address:
        body = client.get(address).json()
        found += [row["slug"] for row in body["results"]]
        address, pages = body["next"], pages + 1
    make.make_organisation(slug="f")

    assert (found, pages) == (list("abcde"), 3)
    assert told(client, cursor=body["cursor"], type="organisations") == [("published", "organisations", "f")]


def test_a_date_is_told_at_its_second_and_not_before(client, clock):
    make.make_organisation(slug="soon", visible_from=NOON + HOUR, visible_until=NOON + 2 * HOUR)
    query = {"type": "organisations"}
    cursor = ask(client, **query)["cursor"]

    seen = []
    for moment in (HOUR - SECOND, HOUR, 2 * HOUR - SECOND, 2 * HOUR):
        clock.move_to(NOON + moment)
        body = ask(client, cursor=cursor, **query)
        cursor = body["cursor"]
        seen.append([row["kind"] for row in body["results"]])

    assert seen == [[], ["published"], [], ["expired"]]


def test_what_was_never_public_is_never_told(client):
    make.make_region()
    before = ask(client)

    office = make.make_organisation(slug="secret", state=State.DRAFT)
    make.make_topic(slug="unused")
    make.make_figure(
        slug="unshown", indicator=make.make_indicator(state=State.DRAFT), source=make.make_source(), state=State.PUBLISHED
    )
    copy = Organisation(slug="secret", region=office.region, name="副本", kind="office", state=State.PUBLISHED, copy_of=office)
    write(copy, uuid=office.uuid)
    delete_entry(office)

    after = [row for row in ask(client)["results"] if row not in before["results"]]
    assert [(row["kind"], row["type"]) for row in after if row["type"] not in {"regions", "sources"}] == []


def test_a_row_committed_late_is_not_missed_by_who_has_read_further(client):
    make.make_organisation(slug="early")
    cursor = ask(client, type="organisations")["cursor"]
    office = make.make_organisation(slug="late")
    Change.objects.filter(entry_uuid=office.uuid).update(effective_at=NOON - HOUR)

    body = ask(client, cursor=cursor, type="organisations")

    assert [row["slug"] for row in body["results"]] == ["late"]
    assert told(client, cursor=body["cursor"], type="organisations") == []


def test_filters_keep_a_type_and_an_owner_and_tell_when_an_entry_leaves_it(client):
    office = make.make_organisation(slug="office", region=make.make_region("qijiang"))
    make.make_story(slug="story", region=make.make_region("xiushan"))
    write(office, region=make.make_region("xiushan"))

    assert told(client, region="qijiang") == [
        ("published", "regions", "qijiang"),
        ("published", "organisations", "office"),
        ("updated", "organisations", "office"),
    ]
    assert told(client, type="stories") == [("published", "stories", "story")]
    assert told(client, type="organisations", region="xiushan") == [("updated", "organisations", "office")]


BAD = [
    ({"cursor": "x"}, "cursor"),
    ({"cursor": "WyJhIiwxXQ"}, "cursor"),
    ({"cursor": "W1tbW1tbW1tbW1tb"}, "cursor"),
    ({"limit": "0"}, "limit"),
    ({"limit": "201"}, "limit"),
    ({"type": "benefits"}, "type"),
    ({"type": ""}, "type"),
    ({"region": "Qijiang"}, "region"),
    ({"region": "nowhere"}, "region"),
    ({"from": "2021"}, "from"),
    ({"from": "now", "cursor": "x"}, "from"),
    ({"lang": "fr"}, "lang"),
    ({"updated_at__gte": "2021"}, "updated_at__gte"),
]


@pytest.mark.parametrize(("query", "name"), BAD)
def test_a_bad_parameter_is_named(client, query, name):
    response = client.get(ADDRESS, query)

    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["parameter"] == name


def test_a_cursor_belongs_to_its_filter(client):
    make.make_organisation()
    cursor = ask(client, type="organisations")["cursor"]

    assert client.get(ADDRESS, {"cursor": cursor}).status_code == 400
    assert client.get(ADDRESS, {"cursor": cursor, "type": "stories"}).status_code == 400
    assert client.get(ADDRESS, {"cursor": cursor, "type": "organisations"}).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(client, django_assert_num_queries, rows):
    for _ in range(rows):
        make.make_organisation()
    cursor = ask(client, **{"from": "now"})["cursor"]
    client.get(ADDRESS)

    with django_assert_num_queries(3):
        assert len(ask(client, type="organisations")["results"]) == rows
    with django_assert_num_queries(3):
        assert ask(client, cursor=cursor)["results"] == []


def test_a_cursor_from_before_a_forgotten_tombstone_is_told_how_to_start_again(client, clock):
    office, kept = make.make_organisation(slug="gone"), make.make_organisation(slug="kept")
    first = ask(client, type="organisations", limit=1)["cursor"]
    old = ask(client)["cursor"]
    write(kept, name="新名")
    clock.move_to(NOON + HOUR)
    write(office, **WITHDRAWN)
    after = ask(client)["cursor"]
    clock.move_to(NOON + 200 * 24 * HOUR)
    write(kept, name="更新的名")

    removed = prune(NOON + 200 * 24 * HOUR - KEPT)

    response = client.get(ADDRESS, {"cursor": old})
    assert removed == 4
    assert told(client, type="organisations") == [("updated", "organisations", "kept")]
    assert (response.status_code, response["Content-Type"]) == (410, "application/problem+json")
    body = response.json()
    assert body["resync"].endswith("/api/v1/changes/?from=now")
    assert body["lists"].endswith("/api/v1/")
    gone = client.get(ADDRESS, {"cursor": first, "type": "organisations"})
    assert gone.json()["resync"].endswith("/api/v1/changes/?from=now&type=organisations")
    assert told(client, cursor=after) == [("updated", "organisations", "kept")]
    fresh = client.get(body["resync"].removeprefix(absolute("/")[:-1])).json()
    assert (fresh["results"], told(client, cursor=fresh["cursor"])) == ([], [])


def test_reading_from_the_start_is_not_cut_off_by_what_was_forgotten_before(client, clock):
    live, gone = make.make_organisation(slug="live"), make.make_organisation(slug="gone")
    write(gone, **WITHDRAWN)
    clock.move_to(NOON + 200 * 24 * HOUR)
    make.make_organisation(slug="new")
    call_command("prune_changes")

    first = ask(client, limit=1)
    rest = ask(client, cursor=first["cursor"])

    slugs = [row["slug"] for row in (*first["results"], *rest["results"])]
    assert slugs == ["chongqing", "qijiang", live.slug, "new"]


def test_pruning_forgets_nothing_of_an_entry_that_is_shown_or_will_be(clock):
    office = make.make_organisation(slug="office", visible_until=NOON + 400 * 24 * HOUR)
    make.make_organisation(slug="later", visible_from=NOON + 300 * 24 * HOUR)
    clock.move_to(NOON + 200 * 24 * HOUR)
    make.make_organisation(slug="newest")

    assert prune(NOON + 20 * 24 * HOUR) == 0
    assert list(Change.objects.filter(entry_uuid=office.uuid).values_list("kind", flat=True)) == ["published", "expired"]
    assert ContentState.objects.get().pruned_at is None


def test_withdrawing_an_indicator_takes_its_figures_along_and_publishing_it_brings_them_back(client, clock):
    topic = make.make_topic(slug="talents")
    indicator = make.make_indicator(slug="talent", topic=topic)
    make.make_figure(slug="talent-2021", indicator=indicator, source=make.make_source(slug="report"))
    make.make_figure(slug="draft", indicator=indicator, source=Source.objects.get(), state=State.DRAFT)
    cursor = ask(client)["cursor"]

    write(indicator, **WITHDRAWN)

    body = ask(client, cursor=cursor)
    assert {(row["kind"], row["type"], row["slug"]) for row in body["results"]} == {
        ("withdrawn", "indicators", "talent"),
        ("withdrawn", "topics", "talents"),
        ("withdrawn", "figures", "talent-2021"),
    }
    write(indicator, state=State.PUBLISHED, visible_until=NOON + HOUR)
    again = ask(client, cursor=body["cursor"])
    clock.move_to(NOON + HOUR)
    shown = {("talent", "indicators"), ("talents", "topics"), ("talent-2021", "figures")}
    assert {(row["slug"], row["type"]) for row in again["results"] if row["kind"] == "published"} == shown
    ended = ask(client, cursor=again["cursor"])["results"]
    assert {(row["slug"], row["type"]) for row in ended if row["kind"] == "expired"} == shown


def test_a_topic_and_the_one_above_it_come_and_go_with_what_uses_them(client, clock):
    above = make.make_topic(slug="above")
    topic = make.make_topic(slug="topic", parent=above)
    cursor = ask(client)["cursor"]
    story = make.make_story(topics=[topic], visible_from=NOON + HOUR, visible_until=NOON + 3 * HOUR)
    make.make_story(topics=[topic], visible_from=NOON + 2 * HOUR, visible_until=NOON + 4 * HOUR)

    def at(hours):
        nonlocal cursor
        clock.move_to(NOON + hours * HOUR)
        body = ask(client, cursor=cursor)
        cursor = body["cursor"]
        return sorted((row["kind"], row["slug"]) for row in body["results"] if row["type"] == "topics")

    both = ["above", "topic"]
    assert at(0) == []
    assert at(1) == [("published", slug) for slug in both]
    assert at(3) == []
    assert at(4) == [("expired", slug) for slug in both]
    save_entry(story, by=None)
    story.topics.set([])
    finish_entry(story)
    assert at(5) == []


class Replica:
    """A copy kept by following the changes, and reading the records they name."""

    def __init__(self, client):
        self.client, self.cursor, self.records = client, "", {}

    def follow(self):
        while True:
            body = ask(self.client, limit=200, **({"cursor": self.cursor} if self.cursor else {}))
            for row in body["results"]:
                self._take(row)
            self.cursor = body["cursor"]
            if not body["next"]:
                return

    def _take(self, row):
        key = (row["type"], row["uuid"])
        response = self.client.get(row["api_url"].removeprefix(absolute("/")[:-1])) if row["api_url"] else None
        if response is not None and response.status_code == 301:
            response = self.client.get(response["Location"])
        if response is None or response.status_code in {404, 410}:
            self.records.pop(key, None)
        else:
            self.records[key] = own(response.json())


def own(record):
    """What the record itself says: neither names of others inside it, nor how often it was saved."""
    keys = ("uuid", "slug", "code", "name", "title", "headline", "definition", "as_published", "unit", "kind")
    return {key: record[key] for key in keys if key in record}


def test_a_replica_equals_the_lists_after_many_writes(client, clock):
    random, now = Random(1000), NOON  # noqa: S311 -- the same writes each time
    world = World(random)
    replica = Replica(client)
    for step in range(many(200, 1000)):
        now += datetime.timedelta(seconds=random.choice((0, 1, 1800)))
        clock.move_to(now)
        world.write(now)
        if step % 100 == 99:
            replica.follow()
            assert replica.records == world.shown()


class World:
    """A few dozen entries of the types that depend on one another, written at random."""

    def __init__(self, random):
        self.random = random
        make.make_region("qijiang"), make.make_region("xiushan")
        self.entries = {model: [] for model in (Topic, Source, Indicator, Organisation, Figure)}

    def write(self, now):
        model = self.random.choices(list(self.entries), weights=(1, 1, 1, 20, 3))[0]
        known = self.entries[model]
        if len(known) < 5:
            known.append(self._make(model, now))
            return
        entry = self.random.choice(known)
        entry = model.objects.get(pk=entry.pk)
        if model in {Organisation, Figure} and self.random.random() < 0.1:
            known[:] = [other for other in known if other.pk != entry.pk]
            delete_entry(entry)
            return
        self._change(entry, now)

    def _make(self, model, now):
        options = {"state": self._state(), **self._window(now), **self._relations(model)}
        if options["state"] == State.WITHDRAWN:
            options["withdrawn_reason"] = "理由"
        return make.MAKERS[model](slug=f"n{uuid.UUID(int=self.random.getrandbits(128))}", **options)

    def _change(self, entry, now):
        fields = self.random.choice([{}, {"state": self._state(), "withdrawn_reason": "理由"}, self._window(now)])
        fields |= self._relations(type(entry)) if self.random.random() < 0.15 else self.random.choice([{}, self._text(entry)])
        if self.random.random() < 0.1:
            fields["slug"] = f"n{uuid.UUID(int=self.random.getrandbits(128))}"
        topics = fields.pop("topics", None)
        for name, value in fields.items():
            setattr(entry, name, value)
        save_entry(entry, by=None)
        if topics is not None:
            entry.topics.set(topics)
        finish_entry(entry)

    def _text(self, entry):
        name = {Source: "title", Figure: "as_published"}.get(type(entry), "name")
        return {name: f"第{self.random.randrange(1000)}稿"}

    def _state(self):
        return self.random.choice([State.PUBLISHED] * 4 + [State.DRAFT, State.WITHDRAWN])

    def _window(self, now):
        start = now + self.random.choice((-24, -24, 1, 6)) * HOUR
        return {"visible_from": start, "visible_until": self.random.choice((FOREVER, FOREVER, start + 30 * HOUR))}

    def _one(self, model):
        found = list(model._base_manager.order_by("pk"))
        return self.random.choice(found) if found else make.MAKERS[model]()

    def _relations(self, model):
        if model is Topic:
            tops = [topic for topic in Topic._base_manager.filter(parent=None) if topic.slug.startswith("top")]
            return {"parent": self.random.choice([None, tops[0] if tops else make.make_topic(slug="top")])}
        if model is Indicator:
            return {"topic": self.random.choice([None, self._one(Topic)])}
        if model is Organisation:
            return {"source": self._one(Source), "topics": self.random.choice([[], [self._one(Topic)]])}
        if model is Figure:
            return {"source": self._one(Source), "indicator": self._one(Indicator)}
        return {}

    def shown(self):
        found = {}
        for plural, view in VIEWS.items():
            rows = list(view.model.objects.published().for_list())
            endpoint = view()
            endpoint.prepare(rows)
            records = view.serializer_class(instance=rows, many=True, context={"language": "zh-hans"}).data
            found |= {(plural, str(record["uuid"])): plain(record) for record in records}
        return found


VIEWS = {
    str(pattern.name): pattern.callback.view_class
    for pattern in portal.urls.records
    if str(pattern.name) in changes_route(portal.urls.records).callback.initkwargs["models"]
}


def plain(record):
    kept = own(record)
    return {key: value if isinstance(value, int) else str(value) for key, value in kept.items()}
