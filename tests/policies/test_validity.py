import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.models import Policy, PolicyRelation
from policies.models.validity import Validity, condense
from tests import factories as make

pytestmark = pytest.mark.django_db
days = st.integers(0, 40).map(lambda number: datetime.date(2021, 1, 1) + datetime.timedelta(days=number))
maybe = st.none() | days


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=maybe, end=maybe, plan_end=maybe, override=st.sampled_from(["", *Validity.values]), on=days)
def test_sql_and_python_agree_on_every_day(db, start, end, plan_end, override, on):
    Policy.objects.all().delete()
    if start and end and start > end:
        start, end = end, start
    policy = make.make_policy(
        topics=[],
        effective_from=start,
        effective_until=end,
        plan_until=plan_end,
        validity_override=override,
        validity_reason="清理结果",
    )

    stored = Policy.objects.with_validity(on).get()

    assert stored.validity_then == policy.validity(on).value
    in_force = Policy.objects.effective_on(on).exists()
    assert in_force == (policy.validity(on) in {Validity.IN_FORCE, Validity.AMENDED, Validity.PARTLY})


@pytest.mark.parametrize(
    ("known", "on", "expected"),
    [
        ({}, "2021-06-01", "unknown"),
        ({"effective_from": "2021-09-01"}, "2021-08-31", "not_yet"),
        ({"effective_from": "2021-09-01"}, "2021-09-01", "in_force"),
        ({"effective_from": "2021-09-01", "effective_until": "2023-08-31"}, "2023-08-31", "in_force"),
        ({"effective_from": "2021-09-01", "effective_until": "2023-08-31"}, "2023-09-01", "expired"),
        ({"plan_until": "2022-12-31"}, "2022-06-01", "unknown"),
        ({"plan_until": "2022-12-31"}, "2023-01-01", "expired"),
        ({"validity_override": "repealed", "validity_reason": "已废止"}, "2021-06-01", "repealed"),
        (
            {"validity_override": "partly", "validity_reason": "第五条失效", "effective_until": "2020-01-01"},
            "2021-06-01",
            "partly",
        ),
    ],
)
def test_validity_says_only_what_is_known(known, on, expected):
    dates = {
        name: datetime.date.fromisoformat(value) if name[-5:] in {"_from", "until"} else value for name, value in known.items()
    }
    policy = make.make_policy(topics=[], **dates)

    assert policy.validity(datetime.date.fromisoformat(on)) == expected


def test_a_policy_that_another_repeals_ends_the_day_before():
    older = make.make_policy(topics=[], effective_from=datetime.date(2020, 1, 1))
    newer = make.make_policy(topics=[], effective_from=datetime.date(2022, 7, 1))
    PolicyRelation.objects.create(policy=newer, kind="repeals", target=older)
    older.save()

    assert [older.validity(datetime.date(2022, 6, 30)), older.validity(datetime.date(2022, 7, 1))] == ["in_force", "repealed"]


def test_a_repeal_that_is_not_public_yet_ends_nothing_before_it_is():
    older = make.make_policy(topics=[], effective_from=datetime.date(2020, 1, 1))
    newer = make.make_policy(topics=[], effective_from=datetime.date(2022, 7, 1), visible_from=make.FAR_OFF)
    PolicyRelation.objects.create(policy=newer, kind="replaces", target=older)
    older.save()

    assert older.validity() == "in_force"
    assert older.validity(datetime.date(2900, 1, 2)) == "repealed"


def test_a_district_cannot_overrule_the_municipality():
    municipal = make.make_policy(topics=[], region=make.make_region("chongqing"))
    local = make.make_policy(topics=[], region=make.make_region("qijiang"))

    with pytest.raises(ValidationError, match="本地区或下级地区"):
        PolicyRelation(policy=local, kind="repeals", target=municipal).full_clean()
    PolicyRelation(policy=municipal, kind="repeals", target=local).full_clean()
    PolicyRelation(policy=local, kind="implements", target=municipal).full_clean()


def test_condensing_keeps_the_earlier_end():
    force = condense(
        effective_from=datetime.date(2020, 1, 1),
        effective_until=datetime.date(2021, 12, 31),
        plan_until=None,
        override="",
        repealed_on=datetime.date(2023, 1, 1),
    )

    assert (force.force_until, force.after) == (datetime.date(2021, 12, 31), Validity.EXPIRED)


def test_relations_may_not_lead_back():
    first, second, third = (make.make_policy(topics=[]) for _ in range(3))
    PolicyRelation.objects.create(policy=first, kind="implements", target=second)
    PolicyRelation.objects.create(policy=second, kind="implements", target=third)

    with pytest.raises(ValidationError, match="绕成圈"):
        PolicyRelation(policy=third, kind="implements", target=first).full_clean()
    PolicyRelation(policy=third, kind="interprets", target=first).full_clean()


def test_the_validity_filter_judges_for_the_day_asked(client):
    make.make_policy(slug="old", topics=[], effective_from=datetime.date(2018, 1, 1), effective_until=datetime.date(2020, 12, 31))
    make.make_policy(slug="unknown", topics=[])
    make.make_policy(slug="open", topics=[], effective_from=datetime.date(2020, 6, 1))

    def slugs(query):
        return {row["slug"] for row in client.get(f"/api/v1/policies/?{query}").json()["results"]}

    assert slugs("on=2019-05-01") == {"old"}
    assert slugs("on=2020-12-31") == {"old", "open"}
    assert slugs("validity=not_yet&on=2019-05-01") == {"open"}
    assert slugs("validity=expired") == {"old"}
    assert slugs("validity=unknown") == {"unknown"}
