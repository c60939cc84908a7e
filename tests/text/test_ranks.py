import pytest

from portal.text.errors import TextError
from portal.text.ranks import parse_rank


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("第一", 1),
        ("第3名", 3),
        ("第 １２ 位", 12),
        ("第十二", 12),
        ("首位", 1),
        ("第9999", 9999),
    ],
)
def test_parse_rank_reads(text, rank):
    assert parse_rank(text) == rank


@pytest.mark.parametrize("text", ["一", "3", "第零", "第0", "第10000", "第", "第名", "第一第二", "第一季度"])
def test_parse_rank_refuses(text):
    with pytest.raises(TextError) as caught:
        parse_rank(text)

    assert caught.value.code == "rank"
