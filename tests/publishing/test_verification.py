"""When an entry is to be verified again: staff hear of it on the day, readers after the grace."""

import datetime

import pytest

from policies.models import Policy

TODAY = datetime.date(2026, 9, 30)


@pytest.mark.parametrize(
    ("days", "every", "due", "shown"),
    [
        (89, 90, False, False), (90, 90, True, False), (104, 90, True, False), (105, 90, True, True), (0, None, False, False),
        (None, 90, True, True), (None, None, False, False),
    ],
)  # fmt: skip
def test_due_on_the_day_and_shown_after_the_grace(days, every, due, shown):
    verified = TODAY - datetime.timedelta(days=days) if days is not None else None
    policy = Policy(last_verified_on=verified, review_every_days=every)

    assert (policy.is_due_for_verification(TODAY), policy.needs_verification(TODAY)) == (due, shown)
