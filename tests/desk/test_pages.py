"""The pages of the desk: what they say, to whom, and in how many queries."""

import pytest
from django.urls import reverse

from portal.publishing.models import State
from portal.publishing.workflow import send_back
from portal.staff.models import Role
from tests import factories as make
from tests.desk.world import build
from tests.workflow.cast import again, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("untold")]
INDEX = "/admin/"


@pytest.mark.parametrize("rows", [1, 3])
def test_first_page_queries(browse, office, django_assert_num_queries, rows):
    """Session, person, roles, seven lists, and Django's recent actions."""
    publisher = browse(office.publisher)
    for number in range(rows):
        entry = make.make_policy(region=office.region, state=State.DRAFT)
        office.hand_in(entry)
        make.make_figure(region=office.region, state=State.DRAFT)
        make.make_policy(region=office.region, slug=f"old-{number}", review_every_days=9)

    with django_assert_num_queries(11):
        page = publisher.get(INDEX)

    counts = {glance.about.name: glance.count for glance in page.context_data["glances"]}
    assert counts == {
        "review": rows, "returned": 0, "publish": 0, "scheduled": 0, "drafts": 0, "ending": 0, "verification": rows
    }  # fmt: skip


def test_first_page_shows_five_and_the_count(browse, office):
    titles = [f"办法{number}" for number in range(7)]
    for title in titles:
        office.hand_in(make.make_policy(region=office.region, state=State.DRAFT, title=title))

    page = browse(office.reviewers[0]).get(INDEX).content.decode()

    assert [title for title in titles if title in page] == titles[:5]
    assert '待我审核 <span class="desk-count">7</span>' in page
    assert "我的草稿" not in page


def test_foreign_regions_are_in_no_list(browse, office, one_step):
    build([one_step], 1, 16)

    for someone in (office.author, office.publisher, office.reviewers[0], office.contributor):
        browser = browse(someone)
        glances = browser.get(INDEX).context_data["glances"]
        assert [glance.count for glance in glances] == [0] * len(glances)
        assert browser.get(reverse("admin:submissions")).context_data["page"].paginator.count == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_task_list_queries(browse, office, django_assert_num_queries, rows):
    """Session, person, roles, count and rows."""
    for _ in range(rows):
        make.make_policy(region=office.region, review_every_days=9)

    author = browse(office.author)
    with django_assert_num_queries(5):
        page = author.get(reverse("admin:tasks", args=["verification"]))

    assert len(page.context_data["tasks"]) == rows


def test_a_long_list_has_pages(browse, office):
    names = [f"论坛{number:02}" for number in range(53)]
    for name in names:
        make.make_event(region=office.region, review_every_days=9, name=name)
    browser, url = browse(office.author), reverse("admin:tasks", args=["verification"])

    pages = [[task.title for task in browser.get(url, p=number).context_data["tasks"]] for number in (1, 2)]

    assert [len(page) for page in pages] == [50, 3]
    assert sorted(pages[0] + pages[1]) == names
    assert "第 1 页 / 共 2 页" in browser.get(url, p="zz").content.decode()


@pytest.mark.parametrize(("name", "status"), [("review", 403), ("publish", 403), ("drafts", 200), ("other", 404)])
def test_lists_of_other_roles_are_closed(browse, office, name, status):
    assert browse(office.author).get(f"/admin/tasks/{name}/").status_code == status


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_submissions_queries(browse, office, django_assert_num_queries, rows):
    for _ in range(rows):
        office.hand_in(make.make_policy(region=office.region, state=State.DRAFT))

    author = browse(office.author)
    with django_assert_num_queries(5):
        page = author.get(reverse("admin:submissions"))

    assert [one.waiting_count for one in page.context_data["page"]] == [1] * rows


def test_who_finds_which_submissions(browse, office, one_step):
    mine = make.make_policy(region=office.region, state=State.DRAFT, title="我的")
    office.hand_in(mine, make.make_policy(region=office.region, state=State.DRAFT))
    one_step.hand_in(make.make_policy(region=one_step.region, state=State.DRAFT, title="秀山的"))

    def found(someone, which):
        page = browse(someone).get(reverse("admin:submissions"), show=which).context_data["page"]
        return [(one.first_title, one.seen_count) for one in page]

    assert [found(office.author, which) for which in ("mine", "review", "all")] == [[("我的", 2)], [], [("我的", 2)]]
    assert [found(office.reviewers[0], which) for which in ("mine", "review", "all")] == [[], [("我的", 2)], [("我的", 2)]]
    assert found(one_step.author, "all") == [("秀山的", 1)]
    assert found(office.contributor, "all") == []
    assert found(person("auditor", Role.AUDITOR), "all") == [("秀山的", 1), ("我的", 2)]
    assert browse(office.author).get(reverse("admin:submissions"), show="x").status_code == 404


def test_of_a_submission_over_two_regions_each_sees_their_own(browse, office, one_step):
    both = person("both", Role.EDITOR, office.region)
    both.grants.create(role=Role.EDITOR, region=one_step.region)
    ours = make.make_policy(region=office.region, state=State.DRAFT, title="綦江的秘密")
    theirs = make.make_policy(region=one_step.region, state=State.DRAFT, title="秀山的内容")
    office.author = both
    [item, _theirs] = office.hand_in(ours, theirs)

    for url in (reverse("admin:submissions"), reverse("admin:submission", args=[item.submission_id]),
                reverse("admin:submission_record", args=[item.submission_id])):  # fmt: skip
        page = browse(one_step.reviewers[0]).get(url).content.decode()
        assert ("秀山的内容" in page, "綦江的秘密" in page) == (True, False), url
    assert browse(one_step.contributor).get(reverse("admin:submission", args=[item.submission_id])).status_code == 404


def test_contributors_see_what_they_wrote_of_a_submission(browse, office, draft):
    own = make.make_policy(region=office.region, state=State.DRAFT, title="供稿人写的")
    type(own).objects.filter(pk=own.pk).update(created_by=office.contributor)
    [item, _other] = office.hand_in(again(own), draft)

    page = browse(office.contributor).get(reverse("admin:submission", args=[item.submission_id]))

    assert [card.item.title for card in page.context_data["cards"]] == ["供稿人写的"]
    assert 'name="do"' not in page.content.decode()


def test_links_of_tasks_lead_to_pages(browse, office, draft):
    [item] = office.hand_in(draft, make.make_figure(region=office.region, state=State.DRAFT))[:1]
    send_back(item, by=office.reviewers[0], reason="金额没有出处")

    for someone in (office.author, office.reviewers[0]):
        browser = browse(someone)
        tasks = [task for glance in browser.get(INDEX).context_data["glances"] for task in glance.tasks]
        assert tasks
        assert [browser.get(task.url.partition("#")[0]).status_code for task in tasks] == [200] * len(tasks)
