"""From approved to public, for now or for later, and back."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from policies.models import Policy
from portal.publishing.aggregate import snapshot
from portal.publishing.models import AuditEntry, Change, Edition, Review, State, WorkingCopy
from portal.publishing.workflow import RefusedError, UnfinishedError, apply_due, publish, recall, unschedule, withdraw
from portal.publishing.working_copy import about_copy, discard_copy, open_copy
from tests import factories as make
from tests.workflow.cast import again, item_of
from tests.workflow.test_review import rewrite

pytestmark = pytest.mark.django_db
LATER = datetime.datetime(2027, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
SECOND = datetime.timedelta(seconds=1)


def title_of(client, policy):
    return Policy.objects.published().values_list("title", flat=True).get(uuid=policy.uuid)


def copy_for_later(office, policy, **columns):
    copy = office.approve(rewrite(open_copy(policy, by=office.author), office.author, **columns))
    publish([copy], by=office.publisher, at=LATER)
    return again(copy)


def test_published_the_address_answers_and_everything_is_written_down(client, office, draft):
    live = office.publish(draft)

    assert client.get(live.get_absolute_url()).status_code == 200
    edition = Edition.objects.of(live).get(number=1)
    assert (edition.actor, edition.kind, edition.content) == (office.publisher, "published", snapshot(again(live)))
    assert list(Change.objects.filter(entry_uuid=live.uuid).values_list("kind", flat=True)) == ["published"]
    last = AuditEntry.objects.order_by("-number").first()
    assert (last.action, last.edition_sha256, last.actor_id) == ("published", edition.sha256, office.publisher.pk)
    assert Review.objects.filter(entry_uuid=live.uuid).last().verdict == "published"


@pytest.mark.parametrize("state", [State.DRAFT, State.REVIEW, State.PUBLISHED, State.WITHDRAWN])
def test_only_approved_texts_are_published(office, state):
    policy = make.make_policy(region=office.region, state=state, withdrawn_reason="有误")

    with pytest.raises(RefusedError):
        publish([policy], by=office.publisher)


def test_a_state_without_a_review_behind_it_is_worth_nothing(office):
    policy = make.make_policy(region=office.region, state=State.APPROVED)

    with pytest.raises(RefusedError, match="审核通过以后"):
        publish([policy], by=office.publisher)


def test_what_changed_after_approval_needs_approval_again(office, draft):
    draft = office.approve(draft)
    Policy.objects.filter(pk=draft.pk).update(summary="夹带的一句。")

    with pytest.raises(RefusedError, match="送审之后变过"):
        publish([again(draft)], by=office.publisher)
    assert again(draft).state == State.APPROVED


@pytest.mark.parametrize("who", ["author", "contributor", "reviewer"])
def test_only_publishers_publish(office, neighbour, draft, administrator, who):
    draft = office.approve(draft)
    user = office.reviewers[0] if who == "reviewer" else getattr(office, who)

    for one in (user, neighbour.publisher, administrator):
        with pytest.raises(RefusedError):
            publish([draft], by=one)
    assert again(draft).state == State.APPROVED


def test_many_are_published_together_or_not_at_all(office):
    indicator = make.make_indicator(state=State.DRAFT, region=office.region, created_by=office.author)
    figure = make.make_figure(state=State.DRAFT, region=office.region, indicator=indicator, created_by=office.author)
    for item in office.hand_in(figure, indicator):
        office.review(item)

    with pytest.raises(UnfinishedError):
        publish([again(figure)], by=office.publisher)
    assert again(figure).state == State.APPROVED
    publish([again(figure), again(indicator)], by=office.publisher)
    assert (again(figure).is_published(), again(indicator).state) == (True, "published")


def test_a_new_entry_for_later_appears_by_its_date(client, office, draft):
    live = office.publish(draft, at=LATER)

    with time_machine.travel(LATER - SECOND, tick=False):
        assert client.get(live.get_absolute_url()).status_code == 404
    with time_machine.travel(LATER, tick=False):
        assert client.get(live.get_absolute_url()).status_code == 200


def test_a_change_for_later_is_applied_by_the_first_request_of_its_minute(client, office):
    policy = make.make_policy(region=office.region, summary="旧的摘要。")
    copy = copy_for_later(office, policy, summary="新的摘要。")
    assert copy.state == State.SCHEDULED

    with time_machine.travel(LATER - SECOND, tick=False):
        before = client.get(policy.get_absolute_url())
    with time_machine.travel(LATER, tick=False):
        after = client.get(policy.get_absolute_url())

    assert ("旧的摘要" in before.content.decode(), before["Cache-Control"]) == (True, "public, max-age=1, stale-if-error=86400")
    assert ("新的摘要" in after.content.decode(), after["ETag"] != before["ETag"]) == (True, True)
    assert (WorkingCopy.objects.count(), Policy.objects.filter(copy_of__isnull=False).count()) == (0, 0)
    assert Edition.objects.of(policy).filter(kind="published").get().actor == office.publisher


def test_applied_once_however_many_ask(office):
    policy = make.make_policy(region=office.region)
    copy_for_later(office, policy, summary="新的摘要。")

    with time_machine.travel(LATER, tick=False):
        assert [apply_due() for _ in range(3)] == [1, 0, 0]
    assert Edition.objects.of(policy).filter(kind="published").count() == 1


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_that_jumps_neither_loses_nor_repeats_it(office, days):
    policy = make.make_policy(region=office.region)
    copy_for_later(office, policy, summary="新的摘要。")

    counts = []
    for moment in (LATER, LATER + datetime.timedelta(days=days), LATER + SECOND):
        with time_machine.travel(moment, tick=False):
            counts.append(apply_due())
    assert (counts, again(policy).summary) == ([1, 0, 0], "新的摘要。")


@pytest.mark.parametrize(("column", "value"), [("slug", "other"), ("title", "新标题")])
def test_address_owner_and_name_are_not_put_off(office, column, value):
    policy = make.make_policy(region=office.region)
    copy = office.approve(rewrite(open_copy(policy, by=office.author), office.author, **{column: value}))

    with pytest.raises(RefusedError, match="不能定时修改"):
        publish([copy], by=office.publisher, at=LATER)
    [live] = publish([again(copy)], by=office.publisher)
    assert getattr(live, column) == value


def test_a_wrong_phone_number_need_not_wait_and_is_not_undone(office):
    policy = make.make_policy(region=office.region, summary="电话 1。", body="正文一。")
    copy_for_later(office, policy, body="正文二。")

    live = office.publish(rewrite(open_copy(again(policy), by=office.author), office.author, summary="电话 2。"))
    assert (live.summary, live.body) == ("电话 2。", "正文一。")
    with time_machine.travel(LATER, tick=False):
        assert apply_due() == 1
    assert (again(policy).summary, again(policy).body) == ("电话 2。", "正文二。")


def test_where_the_two_clash_people_look_again(office):
    policy = make.make_policy(region=office.region, summary="一。")
    copy = copy_for_later(office, policy, summary="二。")

    office.publish(rewrite(open_copy(again(policy), by=office.author), office.author, summary="三。"))

    assert (again(copy).state, again(copy).summary, again(policy).summary) == ("draft", "二。", "三。")
    with time_machine.travel(LATER, tick=False):
        assert apply_due() == 0
    last = Review.objects.filter(entry_uuid=policy.uuid).last()
    assert (last.verdict, last.by) == ("returned", None)


def test_only_one_waits_for_a_date(office):
    policy = make.make_policy(region=office.region, summary="一。", body="甲。")
    copy_for_later(office, policy, summary="二。")
    second = office.approve(rewrite(open_copy(again(policy), by=office.author), office.author, body="乙。"))

    with pytest.raises(RefusedError, match="已有一份待生效"):
        publish([second], by=office.publisher, at=LATER)


def test_the_date_can_be_taken_away(office):
    policy = make.make_policy(region=office.region, summary="一。")
    copy = copy_for_later(office, policy, summary="二。")

    unschedule(copy, by=office.publisher)
    with time_machine.travel(LATER, tick=False):
        assert apply_due() == 0
    assert (again(copy).state, about_copy(copy).apply_at) == ("approved", None)
    discard_copy(recall(again(copy), by=office.author))
    assert again(policy).summary == "一。"


def test_withdrawn_the_address_says_so_and_nothing_brings_it_back(client, office):
    policy = make.make_policy(region=office.region, summary="一。")
    copy_for_later(office, policy, summary="二。")

    withdraw(again(policy), by=office.publisher, reason="数字有误，正在核实")

    answer = client.get(policy.get_absolute_url())
    assert (answer.status_code, "数字有误，正在核实" in answer.content.decode()) == (410, True)
    with time_machine.travel(LATER, tick=False):
        assert apply_due() == 0
    assert again(policy).state == State.WITHDRAWN
    edition = Edition.objects.of(policy).filter(number__isnull=False).last()
    assert (edition.kind, edition.reason) == ("withdrawn", "数字有误，正在核实")


def test_withdrawing_needs_a_reason_and_a_publisher(office, administrator):
    policy = make.make_policy(region=office.region)

    for user, reason in ((office.publisher, " "), (office.author, "有误"), (office.reviewers[0], "有误")):
        with pytest.raises(RefusedError):
            withdraw(again(policy), by=user, reason=reason)
    assert withdraw(again(policy), by=administrator, reason="紧急：含个人信息").state == State.WITHDRAWN


def test_an_end_before_the_beginning_is_refused(office, draft):
    with pytest.raises(RefusedError, match="下线时间"):
        publish([office.approve(draft)], by=office.publisher, until=timezone.now() - SECOND)


def test_the_gate_is_asked_again_when_the_date_comes(office):
    policy = make.make_policy(region=office.region, summary="一。")
    figure = make.make_figure(region=office.region, slug="talent")
    copy = copy_for_later(office, policy, summary="有 {{figure:talent}}。")
    withdraw(again(figure), by=office.publisher, reason="有误")

    with time_machine.travel(LATER, tick=False):
        assert [apply_due(), apply_due()] == [0, 0]
    assert (again(policy).summary, again(copy).state) == ("一。", "scheduled")
    assert about_copy(copy).problem
    assert AuditEntry.objects.order_by("-number").first().action == "not_applied"
    assert item_of(copy).state == "approved"
