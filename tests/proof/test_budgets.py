"""What the pages on the way of a policy with three benefits and two photos ask of the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.publishing.lifecycle import finish_entry, save_entry
from portal.publishing.models import State
from portal.publishing.workflow import submit
from regions.models import PhotoUse
from tests import factories as make
from tests.admin.browser import Browser, change_url
from tests.proof.cast import Office
from tests.workflow.cast import again

pytestmark = pytest.mark.django_db
MOST = 25
TRAIL = ("publishing_edition", "publishing_auditentry", "publishing_contentstate")


@pytest.fixture
def office():
    return Office(make.make_region("qijiang", review_steps=3))


def policy_of(office, benefits, photos):
    policy = make.make_policy(state=State.DRAFT, region=office.region)
    for number in range(benefits):
        make.make_benefit(policy=policy, name=f"补贴{number}")
    for _ in range(photos):
        PhotoUse.objects.create(entry=policy, photo=make.make_photo(region=office.region))
    type(policy).objects.filter(pk=policy.pk).update(created_by=office.author, updated_by=office.author)
    return again(policy)


def queries_of(user, address):
    browser = Browser(user)
    browser.get(address)  # what is read once a session
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = browser.get(address)
    assert answer.status_code == 200, address
    return len(asked)


def cost_of_the_way(office, benefits, photos):
    """The pages in the order in which people see them, each with its number of queries."""
    policy = policy_of(office, benefits, photos)
    page, found = change_url(policy), {}
    step = page.removesuffix("change/") + "step/{}/"
    found["write"] = queries_of(office.author, page)
    found["submit"] = queries_of(office.author, step.format("submit"))
    [item] = submit([policy], by=office.author).items.all()
    found["read"] = queries_of(office.reviewers[0], page)
    found["approve"] = queries_of(office.reviewers[0], step.format("approve"))
    found["return"] = queries_of(office.reviewers[0], step.format("return"))
    office.review(item)
    found["approved"] = queries_of(office.publisher, page)
    found["publish"] = queries_of(office.publisher, step.format("publish"))
    return found


def test_the_pages_of_publishing_a_policy_stay_within_their_budget(office):
    few, many = cost_of_the_way(office, 1, 1), cost_of_the_way(office, 3, 3)

    assert few == many
    assert {page: count for page, count in many.items() if count > MOST} == {}


@pytest.mark.parametrize("rows", [1, 3])
def test_history_costs_a_draft_save_three_queries(office, rows):
    policy = policy_of(office, rows, rows)
    save_entry(policy, by=office.author, expected_version=policy.version)
    finish_entry(policy)
    policy.summary = "改了一句。"

    with CaptureQueriesContext(connection) as asked:
        save_entry(policy, by=office.author, expected_version=policy.version)
        finish_entry(policy)

    trail = [one["sql"] for one in asked if any(name in one["sql"] for name in TRAIL)]
    assert len(trail) <= 3, trail
