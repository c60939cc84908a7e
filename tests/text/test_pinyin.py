import re

import pytest
from hypothesis import given

from portal.text.errors import TextError
from portal.text.pinyin import MAX_KEY_LENGTH, MAX_SLUG_LENGTH, slug_from, sort_key

from .hostile import any_text, quick


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("綦江区", "qi jiang qu"),
        ("秀山土家族苗族自治县", "xiu shan tu jia zu miao zu zi zhi xian"),
        ("重庆", "chong qing"),
        ("吕梁", "lv liang"),
        ("  A卡\u3000B ", "a ka b"),
        ("·~", "~0000b7~00007e"),
        ("x\ud800", "x~00d800"),
        ("", ""),
    ],
)
def test_sort_key_reads_pinyin(text, key):
    assert sort_key(text) == key


def test_sort_key_orders_names_by_syllable():
    names = ["綦江区", "先锋", "秀山县", "西安", "重庆市"]

    assert sorted(names, key=sort_key) == ["重庆市", "綦江区", "西安", "先锋", "秀山县"]


@given(text=any_text)
@quick
def test_sort_key_is_short_printable_ascii(text):
    key = sort_key(text * 5)

    assert re.fullmatch(r"[ -~]*", key)
    assert len(key) <= MAX_KEY_LENGTH
    assert key == " ".join(key.split())


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        (
            "綦江区人才公寓管理暂行办法",
            "qi-jiang-qu-ren-cai-gong-yu-guan-li-zan-xing-ban-fa",
        ),
        ("重庆英才服务卡（A卡）", "chong-qing-ying-cai-fu-wu-ka-a-ka"),
        ("“1+3”人才政策", "1-3-ren-cai-zheng-ce"),
        ("x" * 100, "x" * MAX_SLUG_LENGTH),
        ("双" * 30, "-".join(["shuang"] * 11)),
    ],
)
def test_slug_from_writes_words(text, slug):
    assert slug_from(text) == slug


@pytest.mark.parametrize("text", ["", "！！", "·", "\ud800"])
def test_slug_from_refuses_what_leaves_nothing(text):
    with pytest.raises(TextError) as caught:
        slug_from(text)

    assert caught.value.code == "slug"


@given(text=any_text)
@quick
def test_slug_from_gives_a_slug_or_says_why_not(text):
    try:
        slug = slug_from(text)
    except TextError:
        return

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= MAX_SLUG_LENGTH
