"""A query that is built once answers as the query built anew, for every value, moment and number of values."""

from datetime import timedelta
from threading import Thread

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from portal.publishing.prepared import moment, prepared, this_day
from regions.models import Organisation
from tests import factories as make

pytestmark = pytest.mark.django_db


@prepared
def named(*, slugs):
    return Organisation.objects.published().filter(slug__in=slugs).order_by("slug").values_list("slug", flat=True)


@prepared
def owned(kind, *, region, since):
    return Organisation.objects.published().filter(kind=kind, region=region, updated_at__gte=since).order_by("pk")


def test_any_number_of_values():
    slugs = [make.make_organisation(slug=f"office-{place:02}").slug for place in range(25)]

    for size in (1, 2, 3, 4, 7, 11, 25):
        assert named(slugs=slugs[:size]) == slugs[:size]
    assert named(slugs=[]) == []
    assert len(named.plans) == 7


def test_the_shape_makes_another_query_and_the_values_fill_it(django_assert_num_queries):
    office = make.make_organisation(kind="office")
    bank = make.make_organisation(kind="bank", region=office.region)
    long_ago, soon = timezone.now() - timedelta(days=9), timezone.now() + timedelta(days=9)

    with django_assert_num_queries(4):
        found = [
            owned(kind, region=region, since=since)
            for kind, region, since in [
                ("office", office.region_id, long_ago),
                ("bank", office.region_id, long_ago),
                ("office", office.region_id, soon),
                ("office", office.region_id + 1, long_ago),
            ]
        ]

    assert found == [[office], [bank], [], []]
    assert found[0][0].name == office.name


def test_the_moment_is_that_of_each_use():
    now = timezone.now()
    make.make_organisation(slug="later", visible_from=now + timedelta(hours=1), visible_until=now + timedelta(hours=2))

    assert named(slugs=["later"]) == []
    with time_machine.travel(now + timedelta(minutes=90), tick=False):
        assert named(slugs=["later"]) == ["later"]
    with time_machine.travel(now + timedelta(hours=2), tick=False):
        assert named(slugs=["later"]) == []


@pytest.mark.parametrize(("column", "clock"), [("updated_at", timezone.now), ("valid_to", timezone.localdate)])
def test_a_clock_read_while_building_is_refused(column, clock):
    @prepared
    def stale():
        return Organisation.objects.filter(**{f"{column}__gte": clock()})

    with pytest.raises(ValueError, match=r"stale bakes a date into its query"):
        stale()


def test_the_clock_of_a_query_that_is_built_anew():
    assert abs(moment() - timezone.now()) < timedelta(seconds=1)
    assert this_day() == timezone.localdate()


@pytest.mark.django_db(transaction=True)
def test_threads_share_the_query_and_not_the_connection():
    slug, found = make.make_organisation().slug, []
    named(slugs=[slug])

    def read():
        found.append(named(slugs=[slug]))
        connection.close()

    threads = [Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [[slug]] * 3
