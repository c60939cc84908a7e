import base64
import datetime
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.models import Policy
from portal.lists.keyset import Ordering, keyset_page, keyset_rows, read_cursor
from portal.lists.parameters import ParameterError
from regions.models import Organisation
from tests import factories as make

pytestmark = pytest.mark.django_db
COLUMNS = ("name_key", "kind", "updated_at", "version", "visible_until")
NEWEST = Ordering("-updated_at", "", ("-updated_at", "-pk"))

organisations = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["甲", "乙", "阿", "Zebra", "10", "9"]),
        "kind": st.sampled_from(["office", "park", "bank"]),
        "updated_at": st.integers(0, 3).map(lambda day: datetime.datetime(2021, 8, 1 + day, tzinfo=datetime.UTC)),
        "version": st.integers(1, 3),
    }
)
orderings = st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=3, unique=True).flatmap(
    lambda names: st.lists(st.sampled_from(["", "-"]), min_size=len(names) + 1, max_size=len(names) + 1).map(
        lambda signs: Ordering("any", "", tuple(sign + name for sign, name in zip(signs, [*names, "pk"], strict=True)))
    )
)


def seed(rows):
    region = make.make_region()
    made = [Organisation(region=region, slug=f"o{number}", state="published", **row) for number, row in enumerate(rows)]
    for organisation in made:
        organisation.save()
    return made


def truth(rows, ordering):
    found = list(rows)
    for key in reversed(ordering.keys):
        found.sort(key=lambda row: getattr(row, key.lstrip("-")), reverse=key.startswith("-"))
    return [row.pk for row in found]


def read_page(ordering, *, limit, cursor=None, filters=""):
    rows = keyset_rows(Organisation.objects.all(), ordering, limit=limit, cursor=cursor)
    return keyset_page(rows, ordering, limit=limit, cursor=cursor, filters=filters)


def walk(ordering, limit, start="", direction="next"):
    pages, token = [], start
    while True:
        page = read_page(ordering, limit=limit, cursor=read_cursor(token, Organisation, ordering))
        pages.append([row.pk for row in page.rows])
        token = getattr(page, direction)
        if token is None:
            return pages, page


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(organisations, max_size=12), ordering=orderings, limit=st.integers(1, 5))
def test_any_order_read_forward_and_back_equals_the_sorted_truth(db, rows, ordering, limit):
    Organisation.objects.all().delete()
    expected = truth(seed(rows), ordering)

    forward, last = walk(ordering, limit)
    back, first = walk(ordering, limit, start=last.previous, direction="previous") if last.previous else ([], None)

    assert [pk for page in forward for pk in page] == expected
    assert [pk for page in reversed(back) for pk in page] == (expected[: -len(forward[-1])] if back else [])
    assert first is None or first.previous is None


def test_names_sort_by_code_point_on_every_database():
    seed([{"name": name, "kind": "office"} for name in ["b", "_", "a-b", "ab", "Ba", "10", "9"]])

    page = read_page(Ordering("name", "", ("name_key", "pk")), limit=20)

    keys = [row.name_key for row in page.rows]
    assert keys == sorted(keys)


def token(content):
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def a_seal():
    seed([{"name": "甲", "kind": "office"}, {"name": "乙", "kind": "office"}])
    page = read_page(NEWEST, limit=1)
    return json.loads(base64.urlsafe_b64decode(page.next + "=" * (-len(page.next) % 4)))[0]


@pytest.mark.parametrize(
    "make_token",
    [
        lambda seal: "x",
        lambda seal: "%%%",
        lambda seal: "é",
        lambda seal: token({"a": 1}),
        lambda seal: token([]),
        lambda seal: token([seal]),
        lambda seal: token([seal, 0, "2021-08-01T00:00:00+00:00"]),
        lambda seal: token([seal, 2, "2021-08-01T00:00:00+00:00", 1]),
        lambda seal: token([seal, [0], "2021-08-01T00:00:00+00:00", 1]),
        lambda seal: token([seal, 0, "yesterday", 1]),
        lambda seal: token([seal, 0, None, 1]),
        lambda seal: token([seal, 0, "2021-08-01T00:00:00+00:00", 2**80]),
        lambda seal: token([seal, 0, "2021-08-01T00:00:00+00:00", "2" * 30]),
        lambda seal: token([seal, 0, "2021-08-01T00:00:00+00:00", "一"]),
        lambda seal: token([seal, 0, "2021-08-01T00:00:00+00:00", [1]]),
        lambda seal: token([seal, 0, "2021-08-01T00:00:00+00:00", 1.5]),
        lambda seal: token([seal, 0, "2021-08-01T00:00:00", 1]),
        lambda seal: "W" * 900,
        lambda seal: token([seal, 0, "\ud800+00:00", 1]),
        lambda seal: base64.urlsafe_b64encode(b"[" * 600).decode(),
    ],
)
def test_a_bad_cursor_is_refused(make_token):
    seal = a_seal()

    with pytest.raises(ParameterError) as refusal:
        read_cursor(make_token(seal), Organisation, NEWEST)

    assert refusal.value.name == "cursor"


def test_a_cursor_of_another_filter_or_order_is_refused():
    seed([{"name": "甲", "kind": "office"}, {"name": "乙", "kind": "office"}])
    page = read_page(NEWEST, limit=1, filters="kind=office")

    with pytest.raises(ParameterError, match="另一种筛选"):
        read_cursor(page.next, Organisation, NEWEST, "kind=bank")
    with pytest.raises(ParameterError, match="另一种筛选"):
        read_cursor(page.next, Organisation, Ordering("name", "", ("name_key", "pk")), "kind=office")


@pytest.mark.parametrize("text", ["\ud800", "a\x00", "\u202e"])
def test_a_text_key_that_no_column_holds_is_refused(text):
    ordering = Ordering("name", "", ("name_key", "pk"))
    seed([{"name": "甲", "kind": "office"}, {"name": "乙", "kind": "office"}])
    following = read_page(ordering, limit=1).next
    seal = json.loads(base64.urlsafe_b64decode(following + "=" * (-len(following) % 4)))[0]

    with pytest.raises(ParameterError):
        read_cursor(token([seal, 0, text, 1]), Organisation, ordering)


def test_a_cursor_of_another_type_is_refused():
    seed([{"name": "甲", "kind": "office"}, {"name": "乙", "kind": "office"}])
    page = read_page(NEWEST, limit=1)

    with pytest.raises(ParameterError, match="另一种筛选"):
        read_cursor(page.next, Policy, NEWEST)
