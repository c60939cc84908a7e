"""A policy's validity follows from the policies that repeal or amend it, whoever writes them."""

import datetime

import pytest

from policies.models import Policy, PolicyRelation
from policies.models.validity import Validity
from portal.publishing.lifecycle import delete_entry, finish_entry, save_entry
from portal.publishing.models import Change, State
from tests.factories import make_policy

pytestmark = pytest.mark.django_db
DAY = datetime.date(2020, 5, 1)
AFTER = datetime.date(2021, 1, 1)


@pytest.fixture
def old():
    return make_policy(title="旧办法", effective_from=datetime.date(2018, 1, 1))


@pytest.fixture
def new(old):
    return repeal(make_policy(title="新办法", effective_from=DAY), old)


def repeal(policy, target, kind="repeals"):
    save_entry(policy, by=None)
    PolicyRelation.objects.create(policy=policy, kind=kind, target=target)
    finish_entry(policy)
    return policy


def validity(policy):
    return Policy.objects.get(pk=policy.pk).validity(AFTER)


def test_a_repealed_policy_ends_and_readers_are_told(old, new):
    assert validity(old) == Validity.REPEALED
    assert Policy.objects.get(pk=old.pk).version == 2
    assert list(Change.objects.filter(entry_uuid=old.uuid).values_list("kind", flat=True)) == ["published", "updated"]


def test_a_relation_taken_back_brings_the_policy_back(old, new):
    save_entry(new, by=None)
    new.relations.all().delete()
    finish_entry(new)

    assert validity(old) == Validity.IN_FORCE


def test_a_withdrawn_repeal_no_longer_counts(old, new):
    new.state, new.withdrawn_reason = State.WITHDRAWN, "发错了"
    save_entry(new, by=None)
    finish_entry(new)

    assert validity(old) == Validity.IN_FORCE


def test_a_deleted_repeal_no_longer_counts(old, new):
    delete_entry(new)

    assert validity(old) == Validity.IN_FORCE


def test_an_amended_policy_says_so(old):
    repeal(make_policy(effective_from=DAY), old, kind="amends")

    assert validity(old) == Validity.AMENDED


def test_a_policy_that_did_not_change_is_not_saved_again(old, new):
    new.change_note = "改了一个字"
    save_entry(new, by=None)
    finish_entry(new)

    assert Policy.objects.get(pk=old.pk).version == 2
