"""Two changes of one base: nothing either side changed alone is lost, and every clash is named."""

from hypothesis import given
from hypothesis import strategies as st

from portal.publishing.merging import merge

VALUES = st.sampled_from(["a", "b", "c", None])
ROWS = st.dictionaries(st.sampled_from(["u1", "u2"]), st.fixed_dictionaries({"name": VALUES, "number": VALUES}))
SNAPSHOTS = st.fixed_dictionaries({
    "columns": st.fixed_dictionaries({"title": VALUES, "summary": VALUES}),
    "relations": st.fixed_dictionaries({"topics": st.lists(st.sampled_from("xyz"), unique=True).map(sorted)}),
    "rows": st.fixed_dictionaries({"clauses": ROWS}),
})  # fmt: skip


def taken(title="a", summary="a", topics=(), **clauses):
    return {"columns": {"title": title, "summary": summary}, "relations": {"topics": list(topics)}, "rows": {"clauses": clauses}}


def test_each_side_keeps_what_it_changed_alone():
    base = taken(topics=["x", "y"], u1={"name": "1", "number": "1"}, u2={"name": "2", "number": "2"})
    ours = taken(title="ours", topics=["x", "y", "z"], u1={"name": "ours", "number": "1"}, u2={"name": "2", "number": "2"})
    theirs = taken(summary="theirs", topics=["y"], u1={"name": "1", "number": "theirs"}, u3={"name": "3", "number": "3"})

    assert merge(base, ours, theirs) == (
        taken(
            title="ours", summary="theirs", topics=["y", "z"], u1={"name": "ours", "number": "theirs"},
            u3={"name": "3", "number": "3"},
        ),
        [],
    )  # fmt: skip


def test_both_changed_the_same_ours_stands_and_the_place_is_named():
    base = taken(u1={"name": "1", "number": "1"}, u2={"name": "2", "number": "2"})
    ours = taken(title="ours", u1={"name": "ours", "number": "1"})
    theirs = taken(title="theirs", u1={"name": "theirs", "number": "1"}, u2={"name": "theirs", "number": "2"})

    merged, clashes = merge(base, ours, theirs)

    assert clashes == ["columns.title", "rows.clauses.u1.name", "rows.clauses.u2"]
    assert merged == taken(title="ours", u1={"name": "ours", "number": "1"}, u2={"name": "theirs", "number": "2"})


@given(SNAPSHOTS, SNAPSHOTS)
def test_one_side_alone_wins(base, changed):
    assert merge(base, changed, base) == (changed, [])
    assert merge(base, base, changed) == (changed, [])
    assert merge(base, changed, changed) == (changed, [])


@given(SNAPSHOTS, SNAPSHOTS, SNAPSHOTS)
def test_without_clash_the_order_of_the_sides_does_not_matter(base, ours, theirs):
    merged, clashes = merge(base, ours, theirs)
    other, other_clashes = merge(base, theirs, ours)

    assert clashes == other_clashes
    if not clashes:
        assert merged == other
