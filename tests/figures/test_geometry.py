from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.charts.geometry import Span, gap, lengths, spans_in_a_row, time_axis

BOX = 318
sizes = st.decimals(0, 10**15, places=4, allow_nan=False)
several = st.lists(sizes, min_size=1, max_size=12)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
stretches = st.lists(st.tuples(days, days).map(sorted), min_size=1, max_size=8)


@given(several)
def test_bars_stay_in_the_box_and_the_largest_fills_it(values):
    found = lengths(values, BOX)

    assert all(0 <= length <= BOX for length in found)
    assert max(found) == (BOX if max(values) else 0)


@given(several)
def test_bars_are_in_proportion_to_a_unit(values):
    largest = max(values)

    for value, length in zip(values, lengths(values, BOX), strict=True):
        true = value * BOX / largest if largest else Decimal(0)
        assert abs(length - true) <= 1


@given(several)
def test_what_is_not_nothing_is_seen_and_nothing_is_not(values):
    assert [length > 0 for length in lengths(values, BOX)] == [value > 0 for value in values]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], []),
        ([0], [0]),
        ([0, 0], [0, 0]),
        ([7], [318]),
        ([1, 10**15], [1, 318]),
        ([1, 2], [159, 318]),
    ],
    ids=["none", "zero", "zeros", "one", "huge-ratio", "half"],
)
def test_lengths_of_edge_cases(values, expected):
    assert lengths([Decimal(value) for value in values], BOX) == expected


@pytest.mark.parametrize("value", ["-1", "-0.0001", "NaN", "Infinity"])
def test_what_has_no_length_is_refused(value):
    with pytest.raises(ValueError, match="no length"):
        lengths([Decimal(value)], BOX)
    with pytest.raises(ValueError, match="no length"):
        spans_in_a_row([Decimal(1)], Decimal(value), BOX)
    with pytest.raises(ValueError, match="no length"):
        gap([Decimal(value)], Decimal(1), BOX)


@given(several, sizes)
def test_values_in_a_row_follow_one_another_inside_the_box(values, full):
    found = spans_in_a_row(values, full, BOX)

    assert len(found) == len(values)
    assert all(span.start >= 0 and span.end <= BOX for span in found)
    starts = [span.start for span in found if span.length]
    assert starts == sorted(starts)


@given(several, sizes)
def test_the_gap_lies_at_the_end_of_the_box_and_is_there_when_sums_differ(values, full):
    found = gap(values, full, BOX)

    assert (found is None) == (sum(values) == full)
    if found is not None:
        assert found.length >= 1
        assert found.end == BOX


def test_the_gap_of_the_report():
    parts, whole = [Decimal(1_890_000), Decimal(1_980_000)], Decimal(4_870_000)

    assert spans_in_a_row(parts, whole, BOX) == [Span(0, 123), Span(123, 130)]
    assert gap(parts, whole, BOX) == Span(253, 65)


@given(stretches)
def test_days_stay_on_the_axis_and_in_order(stretch):
    axis = time_axis([day for pair in stretch for day in pair], BOX)

    spans = [axis.place(first, last) for first, last in sorted(stretch)]

    assert all(span.start >= 0 and span.length >= 1 and span.end <= BOX for span in spans)
    assert [span.start for span in spans] == sorted(span.start for span in spans)


@given(days, days)
def test_named_years_have_room(first, last):
    axis = time_axis([first, last], BOX)

    places = [x for _year, x in axis.years(42)]

    assert places[0] == 0
    assert all(right - left >= 41 for left, right in pairwise(places))


def test_a_half_year_is_half_as_long_as_a_year():
    axis = time_axis([date(2020, 1, 1), date(2021, 12, 31)], 731)

    assert axis.place(date(2020, 1, 1), date(2020, 12, 31)) == Span(0, 366)
    assert axis.place(date(2021, 7, 1), date(2021, 12, 31)) == Span(547, 184)
