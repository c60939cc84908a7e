"""Steps taken from a page that is no longer true, and dates and reasons that say nothing."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from policies.models import Policy
from portal.publishing.editions import prune_saves, write_save
from portal.publishing.models import Edition, State, WorkingCopy
from portal.publishing.rights import Act, may
from portal.publishing.workflow import RefusedError, approve, begin_change, publish, recall, send_back, withdraw
from portal.publishing.working_copy import open_copy
from tests import factories as make
from tests.admin.browser import Browser
from tests.workflow.cast import again, item_of
from tests.workflow.test_review import rewrite

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def page(entry, name, *more):
    return reverse(f"admin:policies_policy_{name}", args=[entry.pk, *more])


@pytest.mark.parametrize("step", ["approve", "return"])
def test_a_verdict_on_a_text_that_was_handed_in_again_meanwhile_counts_nothing(office, draft, step):
    office.hand_in(draft)
    seen = again(draft)
    taken = recall(again(draft), by=office.author)
    office.hand_in(rewrite(taken, office.author, summary="从没有人看过的一句。"))
    said = {"version": seen.version, "step": 1, "reason": "金额不对"}

    answer = Browser(office.reviewers[0]).send(page(draft, "step", step), said)

    assert answer.status_code == 409
    assert "这一步没有做" in answer.content.decode()
    assert (again(draft).state, item_of(draft).passed) == (State.REVIEW, 0)
    now = said | {"version": again(draft).version}
    assert Browser(office.reviewers[0]).send(page(draft, "step", step), now).status_code == 302


def test_a_moment_that_has_passed_publishes_nothing(office, draft):
    approved = office.approve(draft)
    said = {"version": approved.version, "at_0": "2020-01-01", "at_1": "09:00"}

    answer = Browser(office.publisher).send(page(approved, "step", "publish"), said)

    assert answer.status_code == 400
    assert "公开时间已经过了" in answer.content.decode()
    assert again(draft).state == State.APPROVED


def test_a_change_of_what_appears_later_does_not_end_before_it(office, draft):
    later = timezone.now() + 300 * DAY
    live = office.publish(draft, at=later)
    copy = office.approve(rewrite(open_copy(again(live), by=office.author), office.author, summary="改一句。"))

    with pytest.raises(RefusedError, match="下线时间必须晚于公开时间"):
        publish([copy], by=office.publisher, until=later - DAY)

    assert again(copy).state == State.APPROVED
    [shown] = publish([again(copy)], by=office.publisher, until=later + DAY)
    assert (shown.visible_from, shown.visible_until) == (later, later + DAY)


@pytest.mark.parametrize("reason", ["\u200b", "\u2060 \u200b", "。。"])
def test_a_reason_that_says_nothing_is_none(office, reason):
    policy = make.make_policy(region=office.region)

    with pytest.raises(RefusedError, match="理由"):
        withdraw(policy, by=office.publisher, reason=reason)

    assert again(policy).state == State.PUBLISHED


def test_what_was_withdrawn_is_not_deleted_with_somebodys_change(office):
    policy = make.make_policy(region=office.region, state=State.WITHDRAWN, withdrawn_reason="有误")
    assert may(office.publisher, Act.DELETE, policy)
    copy = open_copy(policy, by=office.author)

    answer = Browser(office.publisher).send(page(policy, "delete"), {"post": "yes"})

    assert answer.status_code == 403
    assert "放弃修改稿" in may(office.publisher, Act.DELETE, again(policy)).why
    assert Policy._base_manager.filter(pk__in=[policy.pk, copy.pk]).count() == 2


def test_a_contributor_is_not_led_to_a_change_they_may_not_see(office):
    policy = make.make_policy(region=office.region)
    Policy.objects.update(created_by=office.contributor)
    open_copy(again(policy), by=office.author)

    with pytest.raises(RefusedError, match="别人打开的修改稿"):
        begin_change(again(policy), by=office.contributor)

    assert WorkingCopy.objects.count() == 1


def test_a_contributor_reads_the_publications_of_an_entry_and_no_unpublished_text_of_others(office, draft):
    live = office.publish(draft)
    copy = rewrite(open_copy(live, by=office.author), office.author, summary="还没公开的一句。")
    secret = Edition.objects.get(entry_id=copy.pk, payload__contains="还没公开的一句。")
    published = Edition.objects.of(live).get(number=1)
    shown = {}

    for user in (office.contributor, office.author):
        browser = Browser(user)
        rows = browser.get(page(live, "history")).context_data["page"].rows
        answers = [browser.get(page(live, "difference"), **pair) for pair in ({"from": secret.pk, "to": "now"},)]
        shown[user.username] = ({row.edition.pk for row in rows}, [answer.status_code for answer in answers])

    everything = set(Edition.objects.of(live).values_list("pk", flat=True))
    assert shown == {"qijiang-contributor": ({published.pk}, [404]), "qijiang-author": (everything, [200])}
    assert Browser(office.contributor).send(page(live, "restore", secret.pk), {}).status_code == 404


def test_who_wrote_on_a_text_is_known_after_old_saves_were_thrown_away(office, draft):
    rewrite(draft, office.publisher, summary="发布人写的一段。")
    rewrite(draft, office.author, title="作者改的标题")
    elsewhere = make.make_policy(region=office.region)
    write_save(elsewhere, {}, by=office.author, at=timezone.now())

    assert prune_saves(timezone.now() + DAY) == 1
    [item] = office.hand_in(draft)

    with pytest.raises(RefusedError, match="您写过或改过"):
        approve(item, by=office.publisher, step=1)


def withdrawn_meanwhile(office, **columns):
    """A change that was approved before its entry was withdrawn."""
    policy = make.make_policy(region=office.region, summary="旧的摘要。")
    copy = office.approve(rewrite(open_copy(policy, by=office.author), office.author, summary="新的摘要。", **columns))
    withdraw(again(policy), by=office.publisher, reason="金额有误")
    return policy, again(copy)


WARNING = "已经撤回（理由：金额有误），发布这份修改稿会让读者重新看到它。"


def test_a_change_does_not_bring_back_what_was_withdrawn_without_a_word(office):
    policy, copy = withdrawn_meanwhile(office)
    publisher, said = Browser(office.publisher), {"version": copy.version}

    asked = publisher.get(page(copy, "step", "publish")).content.decode()
    refused = publisher.send(page(copy, "step", "publish"), said)

    assert WARNING in asked
    assert 'name="brings_back"' in asked
    assert (refused.status_code, WARNING in refused.content.decode()) == (400, True)
    assert again(policy).state == State.WITHDRAWN
    assert publisher.send(page(copy, "step", "publish"), said | {"brings_back": "on"}).status_code == 302
    assert (again(policy).state, again(policy).summary) == (State.PUBLISHED, "新的摘要。")


def test_nor_does_the_page_of_its_submission(office):
    policy, copy = withdrawn_meanwhile(office)
    item = item_of(copy)
    publisher, url = Browser(office.publisher), reverse("admin:submission", args=[item.submission_id])
    said = {"do": "publish", f"version-{item.pk}": copy.version}

    asked, refused = publisher.get(url), publisher.send(url, said)

    assert (WARNING in asked.content.decode(), WARNING in refused.content.decode()) == (True, True)
    assert (refused.status_code, again(policy).state) == (400, State.WITHDRAWN)
    assert publisher.send(url, said | {"brings_back": "on"}).status_code == 302
    assert again(policy).state == State.PUBLISHED


def test_nothing_is_confirmed_where_nothing_was_withdrawn(office, draft):
    assert (
        'name="brings_back"' not in Browser(office.publisher).get(page(office.approve(draft), "step", "publish")).content.decode()
    )


def test_the_change_of_what_was_withdrawn_takes_no_date(office):
    policy, copy = withdrawn_meanwhile(office)

    with pytest.raises(RefusedError, match="原内容已经撤回，修改稿不能定时"):
        publish([copy], by=office.publisher, at=timezone.now() + DAY, brings_back=True)

    assert (again(copy).state, again(policy).state) == (State.APPROVED, State.WITHDRAWN)


def test_a_change_that_changes_nothing_is_not_handed_in(office):
    policy = make.make_policy(region=office.region, change_note="上一次的说明")
    copy = open_copy(policy, by=office.author)

    with pytest.raises(RefusedError, match="与线上的内容完全相同"):
        office.hand_in(copy)

    assert again(copy).state == State.DRAFT
    assert office.hand_in(rewrite(again(copy), office.author, change_note="六月底下线"))


@pytest.mark.parametrize("gone", [{"state": State.WITHDRAWN, "withdrawn_reason": "有误"}, {"visible_until": make.LONG_AGO + DAY}])
def test_what_readers_no_longer_see_may_come_back_as_it_was(office, gone):
    policy = make.make_policy(region=office.region, visible_from=make.LONG_AGO, **gone)

    assert office.hand_in(open_copy(policy, by=office.author))


def test_a_date_of_another_age_is_a_slip(office, draft):
    approved = office.approve(draft)
    said = {"version": approved.version, "at_0": "9999-01-01", "at_1": "09:00"}

    answer = Browser(office.publisher).send(page(approved, "step", "publish"), said)

    assert (answer.status_code, "公开时间最多定在 5 年以内" in answer.content.decode()) == (400, True)
    assert again(draft).state == State.APPROVED
    assert publish([approved], by=office.publisher, at=timezone.now() + 1800 * DAY)


def test_a_returned_draft_says_who_returned_it_when_and_why(office, draft):
    [item] = office.hand_in(draft)
    author, url = Browser(office.author), page(draft, "change")
    before = author.get(url).content.decode()
    send_back(item, by=office.reviewers[0], reason="金额与原文第三段不一致")
    when = timezone.localtime(item.reviews.last().at).strftime("%Y-%m-%d %H:%M")

    shown = author.get(url).content.decode()

    assert f"{office.reviewers[0]} 于 {when} 退回：金额与原文第三段不一致" in shown
    assert reverse("admin:submission", args=[item.submission_id]) in shown
    recall(office.hand_in(again(draft)) and again(draft), by=office.author)
    assert ["退回：金额" in text for text in (before, author.get(url).content.decode())] == [False, False]
