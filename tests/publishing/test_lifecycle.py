import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.models import Policy
from portal.publishing.lifecycle import StaleVersionError, delete_entry, finish_entry, save_entry, touch_entry
from portal.publishing.lookup import find_public
from portal.publishing.models import FOREVER, Change, PastSlug, State
from portal.publishing.models.change import content_version
from regions.models import Organisation
from tests import factories as make

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2026, 1, 5, 4, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


def organisation(**fields):
    return Organisation(
        **{"slug": "office", "region": make.make_region(), "name": "区委组织部", "kind": "office", "visible_from": NOON} | fields
    )


def write(entry, at=NOON, **fields):
    for name, value in fields.items():
        setattr(entry, name, value)
    save_entry(entry, by=None, at=at)
    finish_entry(entry, at=at)
    return entry


def changes(entry):
    rows = Change.objects.filter(entry_uuid=entry.uuid)
    return [(change.kind, (change.effective_at - NOON) / HOUR) for change in rows]


def test_a_draft_changes_nothing_for_readers():
    make.make_region()
    before = content_version(NOON + HOUR)

    entry = write(organisation(state=State.DRAFT))

    assert changes(entry) == []
    assert content_version(NOON + HOUR) == before


def test_publishing_updating_and_withdrawing_are_told_in_order():
    entry = write(organisation(state=State.PUBLISHED, visible_from=NOON))
    write(entry, at=NOON + HOUR, name="组织部")
    write(entry, at=NOON + 2 * HOUR, state=State.WITHDRAWN, withdrawn_reason="并入新机构")
    write(entry, at=NOON + 3 * HOUR, name="仍在修改")
    write(entry, at=NOON + 4 * HOUR, state=State.PUBLISHED)

    assert changes(entry) == [("published", 0), ("updated", 1), ("withdrawn", 2), ("published", 4)]
    assert entry.version == 5


def test_dates_are_told_when_they_come_and_rescheduling_takes_them_back():
    entry = write(organisation(state=State.PUBLISHED, visible_from=NOON + 2 * HOUR, visible_until=NOON + 9 * HOUR))

    assert changes(entry) == [("published", 2), ("expired", 9)]
    assert entry.updated_at == NOON + 2 * HOUR

    write(entry, at=NOON + HOUR, visible_from=NOON + 5 * HOUR, visible_until=FOREVER)

    assert changes(entry) == [("published", 5)]


def test_a_shown_entry_that_is_put_off_disappears_at_once():
    entry = write(organisation(state=State.PUBLISHED, visible_from=NOON))

    write(entry, at=NOON + HOUR, visible_from=NOON + 5 * HOUR)

    assert changes(entry) == [("published", 0), ("withdrawn", 1), ("published", 5)]


def test_the_content_version_moves_with_every_write_and_every_date():
    entry = write(organisation(state=State.PUBLISHED, visible_from=NOON + 2 * HOUR))
    moments = [NOON, NOON + 2 * HOUR - datetime.timedelta(microseconds=1), NOON + 2 * HOUR, NOON + 3 * HOUR]
    before = [str(content_version(moment)) for moment in moments]

    write(entry, name="组织部")

    assert before[0] == before[1] != before[2] == before[3]
    assert content_version(NOON).next_due_at == NOON + 2 * HOUR
    assert not set(before) & {str(content_version(moment)) for moment in moments}


def test_a_stale_save_writes_nothing():
    entry = write(organisation(state=State.PUBLISHED))
    stale = Organisation.objects.get(pk=entry.pk)
    write(entry, name="先到")
    stale.name = "后到"

    with pytest.raises(StaleVersionError):
        save_entry(stale, by=None, expected_version=stale.version)

    stored = Organisation.objects.get(pk=entry.pk)
    assert (stored.name, stored.version) == ("先到", 2)


def test_touching_the_parent_of_a_child_bumps_it_and_tells_readers():
    policy = make.make_policy()
    version = policy.version
    make.make_benefit(policy=policy)

    touch_entry(policy, by=None, expected_version=version)

    assert Policy.objects.get(pk=policy.pk).version == version + 1
    told = [(change.kind, list(change.fields)) for change in Change.objects.filter(entry_uuid=policy.uuid)]
    assert told == [("published", []), ("updated", ["benefits"])]
    with pytest.raises(StaleVersionError):
        touch_entry(policy, by=None, expected_version=version)


def test_a_published_address_redirects_for_ever_and_is_not_given_away():
    entry = write(organisation(state=State.PUBLISHED))
    write(entry, slug="new-office")
    write(entry, slug="newest-office")

    found = [find_public(Organisation.objects.all, slug).moved_to for slug in ("office", "new-office")]

    assert found == [entry, entry]
    with pytest.raises(Exception, match="旧链接还在使用"):
        organisation().clean()
    write(entry, slug="office")
    assert sorted(PastSlug.objects.values_list("slug", flat=True)) == ["new-office", "newest-office"]


def test_the_address_of_a_draft_is_not_kept():
    entry = write(organisation(state=State.DRAFT))
    write(entry, slug="other")

    assert PastSlug.objects.count() == 0


def test_deleting_tells_those_who_had_read_it():
    entry = write(organisation(state=State.PUBLISHED))

    delete_entry(entry, at=NOON + HOUR)

    assert changes(entry) == [("published", 0), ("deleted", 1)]


def test_a_withdrawn_or_expired_entry_says_why_and_a_draft_says_nothing():
    withdrawn = write(organisation(slug="a", state=State.PUBLISHED))
    write(withdrawn, at=NOON + HOUR, state=State.WITHDRAWN, withdrawn_reason="并入新机构")
    write(organisation(slug="b", state=State.PUBLISHED, visible_until=NOON + HOUR))
    write(organisation(slug="c", state=State.DRAFT))
    write(organisation(slug="d", state=State.WITHDRAWN, withdrawn_reason="从未发布"))

    gone = {slug: find_public(Organisation.objects.all, slug, at=NOON + 2 * HOUR).gone for slug in "abcd"}

    assert gone == {
        "a": "这条内容已经撤回。理由：并入新机构",
        "b": "这条内容的展示期到 2026-01-05 为止，现在已经下线。",
        "c": "",
        "d": "",
    }


@pytest.mark.parametrize("state", State.values)
def test_the_rule_in_python_is_the_rule_in_sql(state):
    entry = write(organisation(state=state, visible_from=NOON, visible_until=NOON + HOUR))

    for offset in (-1, 0, 0.5, 1, 2):
        at = NOON + offset * HOUR
        assert entry.is_published(at) == Organisation.objects.in_public_state(at).exists()


@given(st.text(max_size=5), st.text(max_size=5), st.text(max_size=5))
def test_exactly_the_english_of_an_edited_sentence_is_stale(first, second, other):
    entry = Organisation(name=first, name_en="Office", summary=other, summary_en="What it does")
    entry._remember_translations()
    entry.name = second
    entry._remember_translations()

    assert entry.stale_translations() == ([] if first == second else ["name"])

    entry.name_en = "Office again"
    entry._remember_translations()

    assert entry.stale_translations() == []
