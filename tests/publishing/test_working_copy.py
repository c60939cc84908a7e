"""A live entry changes by a working copy: readers see the old text until the whole new one."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from policies.models import Benefit, Clause, Policy, ServiceBasis
from portal.publishing.aggregate import canonical, shape_of, snapshot
from portal.publishing.lifecycle import StaleVersionError, finish_entry, save_entry
from portal.publishing.models import Change, Edition, State, WorkingCopy
from portal.publishing.working_copy import DivergedError, apply_copy, copies_of, discard_copy, is_behind, open_copy, renew_copy
from regions.models import Attachment
from tests import factories as make
from tests.factories import FAR_OFF
from tests.publishing.test_aggregate import make_whole_policy
from tests.world import NAMES, build_world

pytestmark = pytest.mark.django_db


def edit(entry, **columns):
    for name, value in columns.items():
        setattr(entry, name, value)
    save_entry(entry, by=None, expected_version=entry.version)
    finish_entry(entry)
    return entry


def seen(client, policy):
    return client.get(policy.get_absolute_url()).content.decode()


def test_readers_see_the_old_text_until_all_of_the_new_one(client):
    policy = make_whole_policy(title="旧标题")
    before = seen(client, policy)

    copy = edit(open_copy(policy, by=None), title="新标题")
    Clause.objects.filter(policy=copy, number="1").update(text="新条文")

    assert seen(client, policy) == before
    apply_copy(copy, by=None)
    after = seen(client, policy)
    assert ("旧标题" in before, "新标题" in after, "新条文" in after, "旧标题" in after) == (True, True, True, False)
    assert not WorkingCopy.objects.exists()
    assert not Policy.objects.filter(copy_of__isnull=False).exists()


def test_everything_that_points_to_the_entry_still_does():
    policy = make_whole_policy()
    clause = policy.clauses.get(number="1")
    basis = ServiceBasis.objects.create(service=make.make_service(), policy=policy, clause=clause)
    keys = {one.name: set(one.of(policy).values_list("pk", flat=True)) for one in shape_of(Policy).row_sets}
    copy = open_copy(policy, by=None)
    first, second = copy.clauses.order_by("number")
    first.number, second.number = "2", "9"
    second.save()
    first.save()
    second.number = "1"
    second.save()
    make.make_benefit(policy=copy, slug="new")

    live, edition = apply_copy(edit(copy), by=None)

    basis.refresh_from_db()
    assert (live.pk, live.uuid, basis.clause_id, edition.number) == (policy.pk, policy.uuid, clause.pk, 2)
    assert set(Clause.objects.filter(policy=live).values_list("pk", "number")) == {(clause.pk, "2"), (clause.pk + 1, "1")}
    now = {one.name: set(one.of(live).values_list("pk", flat=True)) for one in shape_of(Policy).row_sets}
    assert {name: found - now[name] for name, found in keys.items() if found - now[name]} == {}
    assert Benefit.objects.filter(policy=live).count() == 2


def test_a_new_attachment_keeps_its_file_when_its_copy_goes(django_capture_on_commit_callbacks, media):
    policy = make_whole_policy()
    copy = open_copy(policy, by=None)
    Attachment.objects.create(entry=copy, title="新表", kind="pdf", sha256="b" * 64, size=3)
    path = media / "attachments" / "bb"
    with django_capture_on_commit_callbacks(execute=True):
        apply_copy(copy, by=None)

    assert set(Attachment.objects.values_list("sha256", flat=True)) == {"a" * 64, "b" * 64}
    assert not path.exists()  # nothing was written here; nothing fails for want of it


def test_opening_twice_gives_the_same_copy_and_the_database_allows_no_second():
    policy = make.make_policy()
    copy = open_copy(policy, by=None)

    assert open_copy(policy, by=None) == copy
    with pytest.raises(IntegrityError), transaction.atomic():
        Policy.objects.create(copy_of=policy, uuid=policy.uuid, slug=policy.slug, region=policy.region, title="x", kind="plan")


def test_discarding_leaves_the_live_entry_and_what_readers_are_told_as_they_were():
    policy = make_whole_policy()
    taken, version, changes = canonical(snapshot(policy)), policy.version, Change.objects.count()

    discard_copy(edit(open_copy(policy, by=None), title="别的"))

    stored = Policy.objects.get(pk=policy.pk)
    assert (canonical(snapshot(stored)), stored.version, Change.objects.count()) == (taken, version, changes)
    assert (list(copies_of(policy, list(State))), WorkingCopy.objects.count()) == ([], 0)


@pytest.mark.parametrize("state", [State.DRAFT, State.REVIEW, State.APPROVED])
def test_only_what_readers_know_has_a_working_copy(state):
    with pytest.raises(ValueError, match="no live entry"):
        open_copy(make.make_policy(state=state), by=None)


def test_a_copy_never_undoes_what_was_published_meanwhile():
    policy = make.make_policy(title="甲", summary="乙")
    copy = edit(open_copy(policy, by=None), title="甲改")
    policy.refresh_from_db()
    edit(policy, summary="乙改")

    assert is_behind(copy)
    with pytest.raises(DivergedError), transaction.atomic():
        apply_copy(copy, by=None)
    renewal = renew_copy(copy, by=None)
    live, _edition = apply_copy(Policy.objects.get(pk=renewal.copy.pk), by=None)

    assert (renewal.clashes, live.title, live.summary) == ([], "甲改", "乙改")


def test_where_both_changed_the_copy_stands_and_says_where():
    policy = make.make_policy(title="甲")
    copy = edit(open_copy(policy, by=None), title="甲一")
    policy.refresh_from_db()
    edit(policy, title="甲二")

    renewal = renew_copy(copy, by=None)

    assert (renewal.clashes, Policy.objects.get(pk=copy.pk).title) == (["columns.title"], "甲一")


def test_a_withdrawn_entry_comes_back_from_the_moment_of_publication():
    policy = make.make_policy()
    edit(policy, state=State.WITHDRAWN, withdrawn_reason="有误")
    at = timezone.now()

    live, _edition = apply_copy(open_copy(policy, by=None), by=None, at=at)

    assert (live.state, live.withdrawn_reason, live.visible_from, live.visible_until.year) == ("published", "", at, 9999)


def test_an_entry_for_later_is_corrected_and_still_appears_later():
    policy = make.make_policy(visible_from=FAR_OFF)

    live, _edition = apply_copy(open_copy(policy, by=None), by=None)

    assert (live.state, live.visible_from, live.is_published()) == ("published", FAR_OFF, False)


def test_an_end_that_is_given_replaces_the_old_one():
    until = timezone.now() + datetime.timedelta(days=9)

    live, _edition = apply_copy(open_copy(make.make_policy(), by=None), by=None, until=until)

    assert live.visible_until == until


def test_two_copies_of_one_version_cannot_both_be_saved():
    copy = open_copy(make.make_policy(), by=None)
    other = Policy.objects.get(pk=copy.pk)
    edit(copy, title="一")

    with pytest.raises(StaleVersionError):
        edit(other, title="二")


def test_every_type_goes_round():
    for model, entry in build_world().items():
        model.objects.filter(copy_of=entry).delete()
        entry = model.objects.get(pk=entry.pk)
        column = NAMES[model][0]
        copy = edit(open_copy(entry, by=None), **{column: "新的名称"})

        live, edition = apply_copy(copy, by=None)

        assert (live.pk, getattr(live, column), edition.kind) == (entry.pk, "新的名称", Edition.Kind.PUBLISHED), model
        assert edition.content == snapshot(model.objects.get(pk=live.pk))
