from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text.qualifiers import Qualifier
from regions.figure_audit.interval import interval

numbers = st.decimals(0, 10**9, places=2, allow_nan=False)
qualifiers = st.sampled_from(Qualifier)


@pytest.mark.parametrize(
    ("part", "whole", "is_above"),
    [
        ((220, "exact"), (219, "exact"), True),
        ((219, "exact"), (219, "exact"), False),
        ((219, "over"), (219, "exact"), True),
        ((219, "exact"), (219, "under"), True),
        ((219, "at_least"), (219, "at_most"), False),
        ((150, "exact"), (100, "over"), False),
        ((85, "exact"), (80, "and_more"), False),
        ((90, "exact"), (80, "and_more"), True),
        ((105, "exact"), (100, "about"), False),
        ((111, "exact"), (100, "about"), True),
        ((70, "exact"), (80, "nearly"), False),
        ((80, "exact"), (80, "nearly"), True),
    ],
)
def test_a_part_is_larger_only_when_no_reading_of_the_hedges_lets_it_fit(part, whole, is_above):
    first, second = (interval(Decimal(value), Qualifier(qualifier)) for value, qualifier in (part, whole))

    assert first.is_above(second) == is_above


@given(numbers, qualifiers, numbers, qualifiers)
def test_of_two_intervals_at_most_one_is_above(first, one, second, other):
    left, right = interval(first, one), interval(second, other)

    assert not (left.is_above(right) and right.is_above(left))
    assert left.meets(right) == right.meets(left)


@given(numbers, qualifiers, numbers, qualifiers)
def test_a_sum_has_the_bounds_of_what_is_added(first, one, second, other):
    left, right = interval(first, one), interval(second, other)

    total = left + right

    assert (total.low, total.high) == (left.low + right.low, left.high + right.high)
    assert not total.low > total.high
