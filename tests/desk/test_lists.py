"""What stands in a task list, for whom; the count is always that of the list."""

import datetime

import pytest
from django.utils import timezone

from policies.models import Policy
from portal.publishing.desk.branch import entry_types, title_of
from portal.publishing.desk.lists import LISTS, SHOWN, find_list, glances, lists_for
from portal.publishing.desk.task import Task
from portal.publishing.models import State, WorkingCopy
from portal.publishing.workflow import send_back
from portal.staff.models import Role, User
from tests import factories as make
from tests.desk.world import ORACLES, build
from tests.proof.profile import many
from tests.workflow.cast import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("untold")]


def everybody(offices):
    people = [one for office in offices for one in (office.contributor, office.author, *office.reviewers, office.publisher)]
    city = make.make_region("chongqing")
    both = person("both", Role.EDITOR, offices[0].region)
    both.grants.create(role=Role.REVIEWER, region=offices[1].region)
    return [
        *people, person("city-editor", Role.EDITOR, city), person("city-publisher", Role.PUBLISHER, city),
        person("everywhere", Role.PUBLISHER), person("auditor", Role.AUDITOR), both,
        User.objects.create_superuser("root", "", "secret"), person("nobody", Role.CONTRIBUTOR, make.make_region("elsewhere")),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(many(1, 4)))
def test_every_list_holds_what_its_rule_says_and_is_counted_right(office, one_step, seed):
    people = everybody([office, one_step])
    build([office, one_step], seed, 16)

    for someone in people:
        user = User.objects.get(pk=someone.pk)
        seen = {glance.about.name: glance for glance in glances(user)}
        for one in lists_for(user):
            rows = [Task(*row) for row in one.rows(user)]
            expected = sorted(ORACLES[one.name](user))
            assert sorted((task.type, task.key) for task in rows) == expected, (someone.username, one.name)
            assert one.rows(user).count() == len(expected)
            assert (seen[one.name].count, seen[one.name].tasks) == (len(expected), rows[:SHOWN]), (someone.username, one.name)


def test_who_has_a_use_for_which_list(office, administrator):
    people = {
        "contributor": office.contributor, "editor": office.author, "reviewer": office.reviewers[0],
        "publisher": office.publisher, "auditor": person("auditor", Role.AUDITOR), "administrator": administrator,
        "guest": User.objects.create_user("guest", is_staff=True),
    }  # fmt: skip

    assert {name: [one.name for one in lists_for(user)] for name, user in people.items()} == {
        "contributor": ["returned", "drafts", "ending", "verification"],
        "editor": ["returned", "scheduled", "drafts", "ending", "verification"],
        "reviewer": ["review"],
        "publisher": ["review", "returned", "publish", "scheduled", "drafts", "ending", "verification"],
        "auditor": ["scheduled", "verification"],
        "administrator": ["scheduled", "verification"],
        "guest": [],
    }


@pytest.mark.parametrize("model", entry_types(), ids=lambda model: model.__name__)
def test_titles_are_those_of_the_rows(db, model):
    make.MAKERS[model]()

    titles = model.objects.annotate(called=title_of(model)).values_list("pk", "called")

    assert dict(titles) == {row.pk: str(row) for row in model.objects.all()}


def test_what_came_back_says_why_and_who(office, draft):
    [item] = office.hand_in(draft)
    send_back(item, by=office.reviewers[0], reason="金额没有出处")

    [row] = find_list("returned").rows(office.author)

    task = Task(*row)
    assert (task.title, task.region, task.note, task.who) == (str(draft), "綦江区", "金额没有出处", "qijiang-reviewer-1")


def test_a_problem_stands_before_earlier_dates(office):
    in_two_days = timezone.now() + datetime.timedelta(days=2)
    make.make_policy(region=office.region, visible_from=in_two_days)
    stuck = make.make_policy(region=office.region, slug="stuck", visible_from=in_two_days + datetime.timedelta(days=9))
    copy = Policy.objects.get(pk=stuck.pk)
    copy.pk, copy._state.adding, copy.copy_of_id, copy.state = None, True, stuck.pk, State.SCHEDULED
    copy.save()
    copy.refresh_from_db()
    WorkingCopy.objects.create(
        entry_type="policies.policy", entry_id=copy.pk, entry_uuid=copy.uuid, apply_at=in_two_days, problem="线上的内容改了同一处"
    )

    first, *_others = [Task(*row) for row in find_list("scheduled").rows(office.author)]

    assert (first.key, first.note) == (copy.pk, "线上的内容改了同一处")


def test_verified_never_comes_first_then_the_longest_overdue(office):
    today = timezone.localdate()
    for slug, days in (("late", 100), ("later", 300), ("today", 90), ("tomorrow", 89), ("never", None)):
        day = today - datetime.timedelta(days=days) if days is not None else None
        make.make_policy(region=office.region, slug=slug, review_every_days=90, last_verified_on=day)

    keys = [Task(*row).key for row in find_list("verification").rows(office.author)]

    assert [Policy.objects.get(pk=key).slug for key in keys] == ["never", "later", "late", "today"]


def test_lists_are_known_by_name():
    assert [find_list(one.name) for one in LISTS] == list(LISTS)
    assert find_list("other") is None
