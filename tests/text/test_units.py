import pytest

from portal.text.units import same_unit


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("人", "名", True), ("位", "人", True), ("元", "元", True), ("人", "人次", False), ("次", "倍", False), ("元", "%", False)],
)
def test_units_that_count_the_same(one, other, expected):
    assert same_unit(one, other) == same_unit(other, one) == expected
