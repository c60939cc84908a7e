"""The difference of two snapshots, told in the words of the form."""

from policies.models import Policy
from portal.publishing.snapshot_difference import named_in, snapshot_difference
from regions.models import Organisation, Source, Topic

CLAUSE, GONE, NEW = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222", "3" * 8
OFFICE, UNSEEN = "44444444-4444-4444-8444-444444444444", "55555555-5555-4555-8555-555555555555"


def taken(columns=(), relations=(), clauses=()):
    return {
        "type": "policies.policy",
        "columns": {"title": "人才公寓办法", **dict(columns)},
        "relations": dict(relations),
        "rows": {"clauses": dict(clauses)},
    }


def told(old, new, names=()):
    found = snapshot_difference(old, new, Policy, dict(names))
    return [(one.label, one.kind, [(part.kind, part.text) for part in one.segments]) for one in found]


def test_the_same_snapshot_has_no_difference():
    assert told(taken(), taken()) == []


def test_a_text_is_marked_within():
    assert told(taken(), taken({"title": "人才住房办法"})) == [
        ("标题", "changed", [("equal", "人才"), ("removed", "公寓"), ("added", "住房"), ("equal", "办法")])
    ]


def test_values_read_as_in_the_form():
    old = taken({"kind": "plan", "applies_below": False, "summary": "", "gone_column": "旧"})
    new = taken({"kind": "measures", "applies_below": True, "summary": "简介。"})

    assert told(old, new) == [
        ("下级地区适用", "changed", [("removed", "否"), ("added", "是")]),
        ("类型", "changed", [("removed", "方案、规划"), ("added", "办法、措施")]),
        ("摘要", "added", [("added", "简介。")]),
        ("gone_column", "removed", [("removed", "旧")]),
    ]


def test_a_partial_date_is_one_field():
    old = taken({"signed_on_from": "2021-08-01", "signed_on_until": "2021-08-31", "signed_on_precision": "month"})
    new = taken({"signed_on_from": "2021-08-05", "signed_on_until": "2021-08-05", "signed_on_precision": "day"})

    assert told(old, new) == [("成文日期", "changed", [("equal", "2021-08"), ("added", "-05")])]


def test_rows_that_came_went_and_changed_are_named_by_their_words():
    old = taken(
        clauses={
            CLAUSE: {"number": "一", "text": "租金七折。", "position": 1},
            GONE: {"number": "二", "text": "旧。", "position": 2},
        }
    )
    new = taken(
        clauses={
            CLAUSE: {"number": "一", "text": "租金五折。", "position": 1},
            NEW: {"number": "三", "text": "新。", "position": 3},
        }
    )

    assert told(old, new) == [
        ("条款“一” · 条文", "changed", [("equal", "租金"), ("removed", "七"), ("added", "五"), ("equal", "折。")]),
        ("条款“二”", "removed", [("removed", "顺序：2\n编号：二\n条文：旧。")]),
        ("条款“三”", "added", [("added", "顺序：3\n编号：三\n条文：新。")]),
    ]


def test_other_entries_are_named_where_the_reader_may_know_them():
    old = taken({"source": None}, {"topics": []})
    new = taken({"source": UNSEEN}, {"topics": [OFFICE, UNSEEN]})

    assert told(old, new, {OFFICE: "住房"}) == [
        ("来源", "added", [("added", "（看不到或已不存在的内容）")]),
        ("主题", "added", [("added", "住房\n（看不到或已不存在的内容）")]),
    ]


def test_what_snapshots_name_is_collected_by_model():
    new = taken({"source": UNSEEN}, {"topics": [OFFICE]})
    new["rows"] = {"issuing": {CLAUSE: {"organisation": OFFICE, "position": 1}}}

    assert named_in(Policy, [new]) == {Source: {UNSEEN}, Topic: {OFFICE}, Organisation: {OFFICE}}
