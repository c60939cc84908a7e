"""Counts are kept while the content version and the day stand, and never longer."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from portal.publishing.kept import Kept
from portal.publishing.lifecycle import finish_entry, save_entry
from portal.publishing.models import State
from portal.publishing.models.change import ContentVersion, content_version
from tests import factories as make

pytestmark = pytest.mark.django_db
NOON = datetime.fromisoformat("2027-03-01T04:00:00+00:00")
DAY = timedelta(days=1)


def counts(client, query=""):
    """What the page says: how many there are, and how many of each kind and validity."""
    found = client.get(f"/policies/{query}").context["counts"]
    return found.total, {
        name: {choice.value: choice.count for choice in found.choices[name]} for name in ("region", "kind", "validity")
    }


def api_count(client, query=""):
    return client.get(f"/api/v1/policies/{query}").json()["count"]


def test_the_second_page_asks_for_neither_counts_nor_regions(client, django_assert_num_queries):
    make.make_policy(region=make.make_region("xiushan"))
    make.make_policy()
    with django_assert_num_queries(4):
        first = client.get("/policies/").context

    with django_assert_num_queries(2):
        second = client.get("/policies/?ordering=title").context

    assert second["counts"] == first["counts"]
    assert [field.options for field in second["form"].fields] == [field.options for field in first["form"].fields]
    with django_assert_num_queries(3):  # another list: counted for itself
        assert client.get("/policies/?region=qijiang").context["total"] == 1


def test_the_api_counts_a_list_once(client, django_assert_num_queries):
    make.make_policy()
    with django_assert_num_queries(4):
        assert api_count(client) == 1

    with django_assert_num_queries(3):
        assert api_count(client, "?fields=slug&limit=1") == 1
    with django_assert_num_queries(4):
        assert api_count(client, "?kind=measures") == 1


def test_what_is_published_and_withdrawn_is_counted_at_once(client):
    policy = make.make_policy()
    assert (counts(client)[0], api_count(client)) == (1, 1)

    other = make.make_policy(kind="fund")
    assert (counts(client)[0], counts(client)[1]["kind"], api_count(client)) == (2, {"fund": 1, "measures": 1}, 2)

    other.state, other.withdrawn_reason = State.WITHDRAWN, "已被替代"
    save_entry(other, by=None)
    finish_entry(other)
    assert (counts(client)[1]["kind"], api_count(client)) == ({policy.kind: 1}, 1)


def test_a_region_that_is_new_is_a_choice_at_once(client):
    make.make_policy()
    assert len(client.get("/policies/").context["form"].fields) == 0

    make.make_policy(region=make.make_region("xiushan"))

    names = [option.label.text for option in client.get("/policies/").context["form"].fields[0].options]
    assert names == ["綦江区", "秀山县"]


def test_what_appears_and_expires_by_date_is_counted_from_its_moment(client):
    with time_machine.travel(NOON, tick=False) as clock:
        make.make_policy(visible_until=NOON + 2 * DAY)
        make.make_policy(visible_from=NOON + DAY)
        seen = []
        for day in range(4):
            clock.move_to(NOON + day * DAY)
            seen.append((counts(client)[0], api_count(client)))

    assert seen == [(1, 1), (2, 2), (1, 1), (1, 1)]


def test_validity_is_counted_anew_each_day(client):
    with time_machine.travel(NOON, tick=False) as clock:
        make.make_policy(effective_from=date(2027, 1, 1), effective_until=date(2027, 3, 1))
        first = counts(client)[1]["validity"], api_count(client, "?validity=in_force")
        clock.move_to(NOON + timedelta(hours=12))
        second = counts(client)[1]["validity"], api_count(client, "?validity=in_force")

    assert (first, second) == (({"in_force": 1}, 1), ({"expired": 1}, 0))


def test_without_a_version_nothing_is_kept():
    kept, made = Kept(), iter(range(10))

    assert [kept.get(None, "a", lambda: next(made)) for _ in range(2)] == [0, 1]
    version = content_version()
    assert [kept.get(version, "a", lambda: next(made)) for _ in range(2)] == [2, 2]


def test_the_thing_asked_for_longest_ago_goes_first():
    kept = Kept(most=2)
    version = ContentVersion(1, NOON, None, None, at=NOON)
    for key in ("a", "b", "a", "c"):
        kept.get(version, key, lambda key=key: key)

    assert [kept.get(version, key, lambda: "new") for key in ("a", "c", "b")] == ["a", "c", "new"]
