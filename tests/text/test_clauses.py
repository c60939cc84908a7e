import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text.clauses import ClauseText, split_clauses

from .hostile import quick

PASTED = """綦江区人才公寓管理暂行办法

第一章　总则
第一条　为解决人才住房需求，制定本办法。
依据
第三条规定的情形除外。
第二条
本办法所称人才公寓：
（一）新建；

第二章  申请
第一节 条件
第三条：申请人应当在职。
第四条之一 例外。
第5条附则
"""


def test_split_clauses_reads_a_pasted_policy():
    assert split_clauses(PASTED) == [
        ClauseText(0, "", "", "綦江区人才公寓管理暂行办法"),
        ClauseText(
            1,
            "第一条",
            "第一章 总则",
            "为解决人才住房需求，制定本办法。\n依据\n第三条规定的情形除外。",
        ),
        ClauseText(2, "第二条", "", "本办法所称人才公寓：\n（一）新建；"),
        ClauseText(3, "第三条", "第二章 申请 第一节 条件", "申请人应当在职。"),
        ClauseText(4, "第四条之一", "", "例外。"),
        ClauseText(5, "第5条", "", "附则"),
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", []),
        ("没有条文的通知", [0]),
        ("第一条", [1]),
        ("见第一条 规定", [0]),
        ("第一条规定\n第三条规定\n第二条规定", [1, 2]),
        ("第1条 甲\n第２条 乙", [1, 2]),
        ("第一百五条 甲", [0]),
        ("第零条 甲", [0]),
        ("第一百零三条 甲", [103]),
        ("第 十 条 甲", [10]),
        ("第  十条 甲", [0]),
    ],
)
def test_split_clauses_counts_labels_at_line_starts(text, numbers):
    assert [clause.number for clause in split_clauses(text)] == numbers


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("第三章规定的，从其规定。\n第一条 甲", ClauseText(1, "第一条", "", "甲")),
        ("第一条 甲\n第二章 附则", ClauseText(1, "第一条", "", "甲\n第二章 附则")),
        ("第一章 总则\n说明\n第一条 甲", ClauseText(1, "第一条", "", "甲")),
    ],
)
def test_a_heading_belongs_to_the_clause_right_after_it(text, clause):
    assert split_clauses(text)[-1] == clause


lines = st.sampled_from(["第一条 甲", "第二条乙", "第三章 丙", "丁", "", "  第四条：戊", "第五条", "己。"])


@given(text=st.lists(lines, max_size=12).map("\n".join))
@quick
def test_split_clauses_loses_no_character(text):
    kept = "".join(c.heading + c.label + c.text for c in split_clauses(text))

    assert "".join(kept.split()).replace("：", "") == "".join(text.split()).replace("：", "")
