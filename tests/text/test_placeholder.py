import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text.placeholder import find_placeholder

from .hostile import HOSTILE, any_text, quick

PLACEHOLDERS = [
    "待补充", "待定", "待填写", "待完善", "TODO", "todo", "TBD", "ＴＢＤ", "xxx", "XXXX", "×××", "lorem ipsum", "此处填写", "请在此填写", "？？？", "____",
]  # fmt: skip


@given(
    found=st.sampled_from(PLACEHOLDERS),
    before=st.sampled_from(["", "电话：", "申请条件", "（"]),
    after=st.sampled_from(["", "。", "，详见通知", "）"]),
)
@quick
def test_a_placeholder_is_found_in_any_sentence(found, before, after):
    assert find_placeholder(before + found + after) == found


@pytest.mark.parametrize(
    "text", ["……", "…", "...", "。。。", "——", " 测试 ", "测试标题", "test", "Test test".replace(" ", ""), "/", "略", "（略）"]
)
def test_a_text_that_says_nothing_is_found(text):
    assert find_placeholder(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "住房、子女入学等……都可以办",
        "软件测试工程师",
        "优待定点医院",
        "接待定额为每批 20 人",
        "等待补充通知",
        "请填写申请表后提交",
        "待遇：给予补贴",
        "尺寸 3×4×5 米",
        "Contest",
        "https://www.cq.gov.cn/",
        "第XX届",
        "什么人可以申请？",
        "3-1",
        "28",
        "无",
    ],
)
def test_ordinary_texts_hold_none(text):
    assert find_placeholder(text) == ""


@given(text=any_text)
@quick
def test_what_is_found_stands_in_the_text(text):
    assert find_placeholder(text) in text


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_read(text):
    assert find_placeholder(text) in text
