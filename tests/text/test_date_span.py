import pytest

from portal.text.date_span import print_span
from portal.text.partial_date import parse_partial_date


@pytest.mark.parametrize(
    ("first", "last", "chinese", "english"),
    [
        ("2021-07-19", "2021-07-19", "2021年7月19日", "19 July 2021"),
        ("2021-07-19", "2021-07-24", "2021年7月19日至24日", "19–24 July 2021"),
        ("2021-07-30", "2021-08-02", "2021年7月30日至8月2日", "30 July – 2 August 2021"),
        ("2021-12-30", "2022-01-02", "2021年12月30日至2022年1月2日", "30 December 2021 – 2 January 2022"),
        ("2021-07", "2021-09", "2021年7月至9月", "July – September 2021"),
        ("2021-07-19", "2021-08", "2021年7月19日至8月", "19 July – August 2021"),
        ("2021-H1", "2021-H2", "2021年上半年至下半年", "first half of 2021 – second half of 2021"),
        ("2019", "2022", "2019—2022年", "2019–2022"),
        ("2021", "2021-08", "2021年至2021年8月", "2021 – August 2021"),
        ("2021", "2025-12", "2021年至2025年12月", "2021 – December 2025"),
    ],
)
def test_a_span_says_once_what_both_ends_share(first, last, chinese, english):
    ends = parse_partial_date(first), parse_partial_date(last)

    assert (print_span(*ends), print_span(*ends, "en")) == (chinese, english)
