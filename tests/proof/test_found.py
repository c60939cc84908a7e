"""Ways around the review that were found by trying everything; each stays closed."""

import pytest

from portal.publishing.models import State
from portal.publishing.workflow import RefusedError, publish, review_steps
from portal.publishing.working_copy import open_copy
from tests import factories as make
from tests.workflow.cast import again
from tests.workflow.conftest import *  # noqa: F403 -- the same two offices
from tests.workflow.test_publishing import copy_for_later
from tests.workflow.test_review import rewrite

pytestmark = pytest.mark.django_db


def test_what_was_slipped_into_a_text_that_waits_is_not_approved_by_another_publication(office):
    policy = make.make_policy(region=office.region, summary="一。", body="甲。")
    copy = copy_for_later(office, policy, summary="二。")
    type(copy)._base_manager.filter(pk=copy.pk).update(summary="夹带的一句。")

    office.publish(rewrite(open_copy(again(policy), by=office.author), office.author, body="乙。"))

    assert again(copy).state == State.DRAFT
    assert again(policy).summary == "一。"


def test_a_change_that_moves_an_entry_is_published_by_who_publishes_in_both_places(office, neighbour):
    policy = make.make_policy(region=office.region, slug="apartments")
    copy = rewrite(open_copy(policy, by=neighbour.author), neighbour.author, region=neighbour.region)

    assert review_steps(copy) == 3
    [item] = neighbour.hand_in(copy)
    type(item).objects.filter(pk=item.pk).update(passed=3, state="approved")
    type(copy)._base_manager.filter(pk=copy.pk).update(state=State.APPROVED)
    with pytest.raises(RefusedError, match="您在綦江区没有发布角色"):
        publish([again(copy)], by=neighbour.publisher)
    assert again(policy).region == office.region
