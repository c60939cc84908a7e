"""A second before its moment a text is nowhere, at the moment it is everywhere, and nothing runs in between but readers."""

import datetime

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from policies.models import Policy, Programme, Service
from portal.media.renditions import rendition_names
from portal.publishing.models import Edition
from portal.publishing.workflow import apply_due, approve, publish, submit
from portal.publishing.working_copy import open_copy
from regions.models import Event, Figure, Indicator, Organisation, Photo, Region, Source, Story, Topic
from tests import factories as make
from tests.proof.cast import Office
from tests.test_surfaces import LISTS, STARTS, picture
from tests.workflow.cast import again
from tests.workflow.test_review import rewrite
from tests.world import NAMES

pytestmark = pytest.mark.django_db
T = datetime.datetime(2027, 5, 1, 1, tzinfo=datetime.UTC)
SECOND, DAY = datetime.timedelta(seconds=1), datetime.timedelta(days=1)
PLURALS = dict(zip(NAMES, LISTS, strict=True))
COMES, GOES, OLD, NEW = "将现", "将去", "旧词", "新词"
CHANGED = {
    Region: "summary", Topic: "name_en", Source: "outlet", Organisation: "summary", Indicator: "definition", Figure: "scope_note",
    Photo: "credit", Policy: "summary", Service: "summary", Programme: "summary", Event: "summary", Story: "body",
}  # fmt: skip
"""A column that readers see and that is no name, so that its change may wait for a day."""


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), time_machine.travel(T - 3 * DAY, tick=False):
        office = Office(make.make_region("chongqing", kind=Region.Kind.MUNICIPALITY, review_steps=1))
        for number, model in enumerate(PLURALS):
            _use(_make(model, COMES, number, visible_from=T))
            _use(_make(model, GOES, number, visible_until=T))
            _put_off(office, _use(_make(model, OLD, number)), CHANGED[model], number)
        yield office
        transaction.set_rollback(True)


def word(kind, number):
    return f"{kind}{number:02}号"


SUFFIX = {COMES: "comes", GOES: "goes", OLD: "changes"}


def slug_of(model, kind):
    return f"{model._meta.model_name}-{SUFFIX[kind]}"


def _make(model, kind, number, **dates):
    columns = NAMES[model] if kind != OLD else (CHANGED[model],)
    fields = dict.fromkeys(columns, word(kind, number)) | dates
    if model is Region:
        return make.make_region(slug_of(model, kind), parent=make.make_region("chongqing"), **fields)
    file = picture(100 + number) if model is Photo and kind == COMES else {}
    return make.MAKERS[model](slug=slug_of(model, kind), region=make.make_region(), **fields, **file)


def _use(entry):
    """Topics, sources and indicators are public while an entry that is public uses them."""
    if isinstance(entry, Topic):
        make.make_policy(topics=[entry])
    elif isinstance(entry, Source):
        make.make_policy(source=entry)
    elif isinstance(entry, Indicator):
        make.make_figure(indicator=entry)
    return entry


def _put_off(office, live, column, number):
    copy = rewrite(open_copy(live, by=office.author), office.author, **{column: word(NEW, number)})
    [item] = submit([again(copy)], by=office.author, override="试").items.all()
    approve(item, by=office.reviewers[0], step=1)
    publish([again(copy)], by=office.publisher, at=T, override="试")


def read_all(moment):
    """What every list, file and page says that answers: the surfaces of the registry, and the page and record of each entry."""
    entries = [address for model in PLURALS for kind in SUFFIX for address in everywhere(model, kind)]
    with time_machine.travel(moment, tick=False):
        client, pages = Client(), {}
        for address in (*STARTS, *entries, *ASKING):
            answer = client.get(address, follow=True)
            assert answer.status_code in {200, 404, 410}, address
            if answer.status_code == 200:
                pages[address] = answer.getvalue().decode()
    assert {*STARTS, *ASKING} <= pages.keys()
    return pages


def words_in(pages, kind):
    text = "".join(pages.values()).replace("<mark>", "").replace("</mark>", "")
    return {number for number in range(len(PLURALS)) if word(kind, number) in text}


def everywhere(model, kind):
    plural, slug = PLURALS[model], slug_of(model, kind)
    return [f"/{plural}/{slug}/", f"/en/{plural}/{slug}/", f"/api/v1/{plural}/{slug}/"]


ALL = set(range(len(PLURALS)))
ASKING = [
    f"{page}?q={kind}{more}"
    for kind in (COMES, GOES, OLD, NEW)
    for page, more in (("/search/", ""), ("/search/suggest", ""), ("/api/v1/search/", "&limit=200"), ("/api/v1/policies/", ""))
]
"""What is asked for by these very words."""


def test_a_second_before_nothing_and_at_the_moment_everything(town):
    before = read_all(T - SECOND)
    told = {kind: words_in(before, kind) for kind in (COMES, GOES, OLD, NEW)}
    assert told == {COMES: set(), GOES: ALL, OLD: ALL, NEW: set()}

    after = read_all(T)
    told = {kind: words_in(after, kind) for kind in (COMES, GOES, OLD, NEW)}
    assert told == {COMES: ALL, GOES: set(), OLD: set(), NEW: ALL}

    for number, model in enumerate(PLURALS):
        surfaces = [*everywhere(model, COMES), f"/{PLURALS[model]}/", f"/api/v1/{PLURALS[model]}/"]
        assert [address for address in surfaces if word(COMES, number) not in after.get(address, "")] == [], model
        gone = [address for address in everywhere(model, GOES) if address in after]
        assert gone == []
    asked = {
        kind: [words_in({"": pages[f"/api/v1/search/?q={kind}&limit=200"]}, kind) for pages in (before, after)] for kind in told
    }
    cited = ALL - {list(PLURALS).index(model) for model in (Topic, Source)}  # found by words that no result shows
    assert asked == {COMES: [set(), ALL], GOES: [ALL, set()], OLD: [cited, set()], NEW: [set(), cited]}
    figure = list(PLURALS).index(Figure)
    assert (word(GOES, figure) in before["/figures.csv"], word(COMES, figure) in after["/figures.csv"]) == (True, True)
    assert [_changes_tell(moment, slug_of(Policy, COMES)) for moment in (T - SECOND, T)] == [False, True]


def _changes_tell(moment, slug):
    address, told = "/api/v1/changes/", ""
    with time_machine.travel(moment, tick=False):
        while address:
            body = Client().get(address).json()
            told += str(body["results"])
            address = body["next"] if body["results"] else None
    return slug in told


@pytest.mark.parametrize(("kind", "statuses"), [(COMES, [404, 200]), (GOES, [200, 410])])
def test_addresses_answer_by_the_clock(town, kind, statuses):
    for model in PLURALS:
        for address in everywhere(model, kind):
            found = []
            for moment in (T - SECOND, T):
                with time_machine.travel(moment, tick=False):
                    found.append(Client().get(address).status_code)
            assert found == statuses, address


def test_a_picture_appears_with_its_photo(client):
    photo = make.make_photo(**picture(77), visible_from=T)
    name = next(iter(rendition_names(photo.sha256, photo.width)))
    found = []
    for moment in (T - SECOND, T):
        with time_machine.travel(moment, tick=False):
            answer = client.get(f"/media/{name}")
            found.append(answer.status_code)
            answer.getvalue()

    assert found == [404, 200]


def test_a_clock_set_back_undoes_and_repeats_nothing(town):
    read_all(T)
    editions = Edition.objects.count()

    yesterday = read_all(T - DAY)
    with time_machine.travel(T - DAY, tick=False):
        assert apply_due() == 0
    again_at_t = read_all(T)

    assert words_in(yesterday, NEW) == ALL  # what took effect stays
    assert words_in(yesterday, OLD) == set()
    assert words_in(yesterday, COMES) == set()  # what is shown by date follows the clock, both ways
    assert words_in(again_at_t, COMES) == ALL
    assert Edition.objects.count() == editions
