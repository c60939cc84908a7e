"""What the page of an entry says to whom: only what is true, and only what concerns them."""

import pytest
from django.urls import reverse

from policies.models import Benefit
from portal.publishing.models import State
from portal.publishing.working_copy import open_copy
from tests import factories as make
from tests.admin.browser import Browser, change_url
from tests.workflow.cast import again

pytestmark = pytest.mark.django_db


def read(user, address):
    return Browser(user).get(address).content.decode()


def step_url(entry, step):
    return reverse("admin:policies_policy_step", args=[entry.pk, step])


def test_what_lacks_nothing_may_be_handed_in_or_published_as_far_as_it_has_come(office, draft):
    written = read(office.author, step_url(draft, "submit"))
    approved = read(office.publisher, step_url(office.approve(draft), "publish"))

    assert ["什么都不缺，可以提交审核。" in page for page in (written, approved)] == [True, False]
    assert ["什么都不缺，可以发布。" in page for page in (written, approved)] == [False, True]


def test_a_working_copy_has_no_first_publication_of_its_own(office):
    policy = make.make_policy(region=office.region)
    copy = open_copy(policy, by=office.author)

    assert ["首次发布" in read(office.author, change_url(row)) for row in (policy, copy)] == [True, False]


def test_who_never_reviews_is_not_told_that_they_may_not(office, draft):
    office.hand_in(draft)

    assert "不能通过" not in read(office.author, change_url(draft))
    assert "不能通过" in read(office.publisher, change_url(hand_in_as_publisher(office)))


def hand_in_as_publisher(office):
    """A text of somebody who reviews, but not their own."""
    entry = make.make_policy(state=State.DRAFT, region=office.region)
    type(entry).objects.filter(pk=entry.pk).update(created_by=office.publisher, updated_by=office.publisher)
    office.hand_in(again(entry))
    return again(entry)


def test_the_page_of_a_public_benefit_leads_to_where_it_is_changed(office):
    policy = make.make_policy(region=office.region)
    benefit = make.make_benefit(policy=policy)
    opening = f'action="{step_url(policy, "open")}"'

    closed = read(office.author, change_url(benefit))
    copy = open_copy(again(policy), by=office.author)
    opened = read(office.author, change_url(benefit))

    twin = Benefit.objects.get(policy=copy)
    assert (opening in closed, change_url(twin) in closed) == (True, False)
    assert (opening in opened, change_url(twin) in opened) == (False, True)
    assert opening not in read(office.reviewers[0], change_url(benefit))
    assert [name in read(office.author, change_url(twin)) for name in (opening, "到修改稿里改")] == [False, False]


def test_the_review_period_names_the_days_of_grace(office, draft):
    assert "再过 14 天仍没有核实，读者会看到“待核实”" in read(office.author, change_url(draft))
