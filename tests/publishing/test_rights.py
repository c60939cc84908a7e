"""Who may do what with an entry: role × act × state × authorship × region, and the sentence that says why."""

import datetime

import pytest
import time_machine

from portal.publishing.models import State
from portal.publishing.rights import Act, Answer, may
from portal.staff.models import Role, RoleGrant, User
from tests.admin.browser import grant, make_person
from tests.factories import make_benefit, make_policy, make_region, make_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("untold")]
KINDS = ("draft", "once", "review", "approved", "published", "withdrawn", "copy", "scheduled")
ALL = set(KINDS)
OPEN = {"draft", "once", "copy"}
LIVE = {"published", "withdrawn"}
WRITING = {Act.VIEW: ALL, Act.CREATE: ALL, Act.COPY: ALL, Act.SUBMIT: OPEN, Act.OPEN_COPY: LIVE}
IN_HAND = {"review", "approved"}
EDITING = WRITING | {Act.EDIT: OPEN, Act.RECALL: IN_HAND, Act.DELETE: {"draft"}, Act.DISCARD: {"copy"}}
REVIEWING = {Act.REVIEW: {"review"}, Act.RETURN: IN_HAND}
PUBLISHING = {Act.PUBLISH: {"approved", "scheduled"}, Act.WITHDRAW: {"published"}}
SHOWN = {Act.VIEW: {"published"}, Act.COPY: {"published"}, Act.CREATE: ALL}
ALLOWED = {
    ("contributor", "theirs"): SHOWN,
    ("contributor", "own"): EDITING,
    ("editor", "theirs"): EDITING,
    ("editor", "own"): EDITING,
    ("reviewer", "theirs"): {Act.VIEW: ALL} | REVIEWING,
    ("publisher", "theirs"): EDITING | REVIEWING | PUBLISHING | {Act.DELETE: {"draft", "withdrawn"}},
    ("auditor", "theirs"): {Act.VIEW: ALL},
    ("auditor", "own"): {Act.VIEW: ALL},
    ("administrator", "theirs"): {Act.VIEW: ALL, Act.WITHDRAW: {"published"}},
    ("administrator", "own"): {Act.VIEW: ALL, Act.WITHDRAW: {"published"}},
}
"""The kinds of row with which a role may do an act, in its own region."""


def make_row(kind, region, by=None):
    live = make_source(region=region) if kind in {"copy", "scheduled"} else None
    state = {"once": "draft", "copy": "draft"}.get(kind, kind)
    copied = {"copy_of": live, "slug": live.slug, "uuid": live.uuid} if live else {}
    row = make_source(region=region, state=state, withdrawn_reason="公开的理由", created_by=by, **copied)
    row.created_by = by
    if kind == "once":
        row.first_published_at = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
    return row


def person_of(role, region):
    if role == "administrator":
        return User.objects.create_superuser("x")
    return make_person("x", Role(role), region=None if role == "auditor" else region)


def allowed(user, rows):
    found = {act: {kind for kind, row in rows.items() if may(user, act, row)} for act in Act}
    return {act: kinds for act, kinds in found.items() if kinds}


@pytest.mark.parametrize(("role", "whose"), ALLOWED)
def test_what_a_role_may_do_in_its_region(role, whose):
    region = make_region("qijiang")
    user = person_of(role, region)
    rows = {kind: make_row(kind, region, by=user if whose == "own" else None) for kind in KINDS}

    assert allowed(user, rows) == ALLOWED[role, whose]


@pytest.mark.parametrize("held_in", ["chongqing", "qijiang", "xiushan", "town", None])
@pytest.mark.parametrize("role", ["contributor", "editor", "reviewer", "publisher"])
def test_a_role_counts_in_its_region_and_below_it_only(role, held_in):
    qijiang, xiushan = make_region("qijiang"), make_region("xiushan")
    places = {"chongqing": qijiang.parent, "qijiang": qijiang, "xiushan": xiushan, "town": make_region("town", parent=qijiang)}
    user = person_of(role, places[held_in] if held_in else None)
    rows = {kind: make_row(kind, qijiang) for kind in KINDS}

    assert allowed(user, rows) == (ALLOWED[role, "theirs"] if held_in in {"chongqing", "qijiang", None} else {})


def test_of_two_roles_the_greater_counts():
    region = make_region("qijiang")
    user = make_person("x", Role.CONTRIBUTOR, Role.REVIEWER, region=region)
    rows = {kind: make_row(kind, region) for kind in KINDS}

    assert allowed(user, rows) == {Act.VIEW: ALL, Act.COPY: ALL, Act.CREATE: ALL} | REVIEWING


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_active": False, "is_superuser": True}])
def test_a_closed_account_may_do_nothing(fields):
    region = make_region("qijiang")
    user = make_person("x", *[role for role in Role if role != Role.AUDITOR], region=region, **fields)

    assert allowed(user, {kind: make_row(kind, region) for kind in KINDS}) == {}


EDITOR_HERE, CHONGQING = "您有这个角色：编辑（綦江区）。", "您有这个角色：编辑（重庆市）。"


@pytest.mark.parametrize(
    ("role", "held_in", "act", "kind", "expected"),
    [
        ("editor", "qijiang", Act.EDIT, "draft", Answer(True, EDITOR_HERE)),
        ("editor", "chongqing", Act.EDIT, "draft", Answer(True, CHONGQING)),
        ("editor", None, Act.VIEW, "draft", Answer(True, "您有这个角色：编辑（全站）。")),
        ("editor", "xiushan", Act.EDIT, "draft", Answer(False, "您在綦江区没有编辑角色。")),
        ("editor", "xiushan", Act.VIEW, "draft", Answer(False, "您在綦江区没有任何角色。")),
        ("editor", "xiushan", Act.COPY, "draft", Answer(False, "您在綦江区没有任何角色。")),
        ("editor", "qijiang", Act.EDIT, "published", Answer(False, "“已发布”的内容不直接改，请先打开修改稿。")),
        ("editor", "qijiang", Act.EDIT, "review", Answer(False, "“审核中”的内容已锁定，取回后才能改。")),
        ("publisher", "qijiang", Act.EDIT, "scheduled", Answer(False, "“待生效”的内容已锁定，取回后才能改。")),
        ("editor", "qijiang", Act.SUBMIT, "published", Answer(False, "“已发布”的内容不直接改，请先打开修改稿。")),
        ("publisher", "qijiang", Act.EDIT, "published", Answer(False, "“已发布”的内容不直接改，请先打开修改稿。")),
        ("editor", "qijiang", Act.RETURN, "approved", Answer(False, "您在綦江区没有审核角色。")),
        ("publisher", "qijiang", Act.RETURN, "draft", Answer(False, "只有审核中或已通过的内容才能退回。")),
        ("editor", "qijiang", Act.DISCARD, "draft", Answer(False, "这不是修改稿。")),
        ("editor", "qijiang", Act.DISCARD, "scheduled", Answer(False, "“待生效”的修改稿先取回，才能放弃。")),
        ("reviewer", "qijiang", Act.DISCARD, "copy", Answer(False, "您在綦江区没有编辑角色。")),
        ("editor", "qijiang", Act.REVIEW, "review", Answer(False, "您在綦江区没有审核角色。")),
        ("editor", "qijiang", Act.PUBLISH, "approved", Answer(False, "您在綦江区没有发布角色。")),
        ("editor", "qijiang", Act.WITHDRAW, "published", Answer(False, "您在綦江区没有发布角色。")),
        ("editor", "qijiang", Act.DELETE, "withdrawn", Answer(False, "您在綦江区没有发布角色。")),
        ("editor", "qijiang", Act.DELETE, "copy", Answer(False, "修改稿不删除；不要了就放弃修改稿。")),
        ("editor", "qijiang", Act.DELETE, "approved", Answer(False, "“已通过”的内容不能删除，请先取回。")),
        (
            "publisher",
            "qijiang",
            Act.DELETE,
            "once",
            Answer(False, "公开过的内容不能直接删除，请先撤回，再由有发布角色的人删除。"),
        ),
        ("publisher", "qijiang", Act.PUBLISH, "draft", Answer(False, "审核通过以后才能发布。")),
        ("publisher", "qijiang", Act.WITHDRAW, "draft", Answer(False, "只有已发布的内容才能撤回。")),
        ("publisher", "qijiang", Act.REVIEW, "draft", Answer(False, "只有审核中的内容才能通过或退回。")),
        ("publisher", "qijiang", Act.OPEN_COPY, "draft", Answer(False, "只有已发布或已撤回的内容才需要修改稿。")),
        ("reviewer", "qijiang", Act.EDIT, "draft", Answer(False, "您在綦江区没有编辑角色。")),
        (
            "contributor",
            "qijiang",
            Act.EDIT,
            "draft",
            Answer(False, "您在这里的角色是供稿，只能看已发布的内容，写自己建的草稿。"),
        ),
        ("auditor", None, Act.VIEW, "draft", Answer(True, "审计看得到全部内容。")),
        ("auditor", None, Act.EDIT, "draft", Answer(False, "您在綦江区没有编辑角色。")),
        ("administrator", None, Act.VIEW, "draft", Answer(True, "网站管理员看得到全部内容。")),
        ("administrator", None, Act.WITHDRAW, "published", Answer(True, "网站管理员可以紧急撤回，要写明理由。")),
        ("administrator", None, Act.PUBLISH, "approved", Answer(False, "您在綦江区没有发布角色。")),
    ],
)
def test_the_answer_says_why(role, held_in, act, kind, expected):
    region = make_region("qijiang")
    user = person_of(role, make_region(held_in) if held_in else None)

    assert may(user, act, make_row(kind, region)) == expected


def test_a_child_asks_for_its_entry():
    user = make_person("x", Role.EDITOR, region=make_region("qijiang"))
    draft, published = (make_benefit(policy=make_policy(state=state)) for state in ("draft", "published"))

    assert [bool(may(user, act, draft)) for act in (Act.VIEW, Act.CREATE, Act.EDIT, Act.DELETE)] == [True] * 4
    assert [bool(may(user, act, published)) for act in (Act.VIEW, Act.CREATE, Act.EDIT, Act.DELETE)] == [True] + [False] * 3


def test_a_new_region_belongs_to_the_one_above_it():
    qijiang, xiushan = make_region("qijiang"), make_region("xiushan")
    user = make_person("x", Role.EDITOR, region=qijiang)
    kind = type(qijiang)

    assert [bool(may(user, Act.CREATE, kind(parent=parent))) for parent in (qijiang, xiushan, qijiang.parent, None)] == [
        True, False, False, False,
    ]  # fmt: skip


def test_a_working_copy_of_a_region_asks_for_the_region_itself():
    qijiang, xiushan = make_region("qijiang"), make_region("xiushan")
    user = make_person("x", Role.EDITOR, region=qijiang)
    names = {"name": "綦江", "short_name": "綦江", "name_en": "Qijiang", "kind": "district", "state": State.DRAFT}
    copies = [type(qijiang)(copy_of=live, parent=xiushan, slug=live.slug, uuid=live.uuid, **names) for live in (qijiang, xiushan)]
    for copy in copies:
        copy.save()

    assert [bool(may(user, Act.EDIT, copy)) for copy in copies] == [True, False]


@pytest.mark.parametrize(
    ("moment", "counts"),
    [
        ("2026-03-31T15:59:59Z", True),
        ("2026-03-31T16:00:00Z", False),
        ("2026-03-30T00:00:00Z", True),
        ("2027-01-01T00:00:00Z", False),
    ],
)
def test_a_role_counts_to_the_end_of_its_last_day_in_beijing(moment, counts):
    region = make_region("qijiang")
    grant(make_person("x"), Role.EDITOR, region, until=datetime.date(2026, 3, 31))
    draft = make_source(region=region, state="draft")

    with time_machine.travel(moment, tick=False):
        user = User.objects.get()
        found = bool(may(user, Act.EDIT, draft)), user.has_perm("regions.change_source"), user.has_module_perms("regions")

    assert found == (counts, counts, counts)


def test_a_role_taken_away_counts_no_more_for_the_next_request():
    region = make_region("qijiang")
    user = make_person("x", Role.EDITOR, region=region)
    draft = make_source(region=region, state="draft")
    before = bool(may(user, Act.EDIT, draft))

    RoleGrant.objects.all().delete()

    assert (before, bool(may(User.objects.get(pk=user.pk), Act.EDIT, draft))) == (True, False)


@pytest.mark.parametrize("held_in", ["qijiang", None, "chongqing", "xiushan"])
def test_all_questions_about_one_region_cost_one_query_besides_the_roles(django_assert_num_queries, held_in):
    region = make_region("qijiang")
    rows = [make_source(region=region, state=state) for state in ("draft", "published", "review")]
    user = make_person("x", Role.EDITOR, region=make_region(held_in) if held_in else None)

    with django_assert_num_queries(2):
        for row in rows:
            for act in Act:
                may(user, act, row)
