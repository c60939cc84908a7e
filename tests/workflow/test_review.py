"""From draft to approved: who may, of which text, and what is written down."""

import pytest

from policies.models import Policy
from portal.publishing.lifecycle import StaleVersionError, finish_entry, save_entry
from portal.publishing.models import AuditEntry, Change, Review, State, SubmissionItem
from portal.publishing.workflow import RefusedError, UnfinishedError, approve, publish, recall, review_steps, send_back, submit
from portal.publishing.working_copy import open_copy
from tests import factories as make
from tests.workflow.cast import again, item_of

pytestmark = pytest.mark.django_db


def rewrite(entry, by, **columns):
    for name, value in columns.items():
        setattr(entry, name, value)
    save_entry(entry, by=by, expected_version=entry.version)
    finish_entry(entry)
    return entry


def steps_of(entry):
    rows = Review.objects.filter(entry_uuid=entry.uuid)
    return [(row.verdict, row.step, str(row.by) if row.by else "", row.opinion) for row in rows]


def test_three_people_approve_one_after_the_other(office, draft):
    [item] = office.hand_in(draft, note="请尽快")
    for step, reviewer in enumerate(office.reviewers, start=1):
        assert again(draft).state == State.REVIEW
        item = approve(item, by=reviewer, step=step, opinion=f"同意{step}")

    assert (again(draft).state, item.state, item.passed, item.steps) == ("approved", "approved", 3, 3)
    assert steps_of(draft) == [
        ("submitted", None, "qijiang-author", "请尽快"),
        ("approved", 1, "qijiang-reviewer-1", "同意1"),
        ("approved", 2, "qijiang-reviewer-2", "同意2"),
        ("approved", 3, "qijiang-reviewer-3", "同意3"),
    ]
    assert not Change.objects.filter(entry_uuid=draft.uuid).exists()
    log = AuditEntry.objects.filter(entry_uuid=draft.uuid).order_by("number").values_list("action", "actor_name")
    assert list(log)[1:] == [(verdict, by) for verdict, _step, by, _opinion in steps_of(draft)]


def test_simple_kinds_take_one_step_anywhere(office, neighbour):
    assert [review_steps(make.MAKERS[model](region=office.region)) for model in (Policy,)] == [3]
    assert [
        review_steps(maker(region=office.region))
        for maker in (make.make_organisation, make.make_event, make.make_programme, make.make_indicator, make.make_source)
    ] == [1] * 5
    assert review_steps(make.make_policy(region=neighbour.region)) == 1


def test_nobody_approves_a_text_they_wrote_on(office, draft):
    rewrite(draft, office.publisher, summary="发布人改过一句。")
    rewrite(draft, office.author, summary="作者又改回来。")
    [item] = office.hand_in(draft)

    with pytest.raises(RefusedError, match="您写过或改过"):
        approve(item, by=office.publisher, step=1)
    assert (again(draft).state, SubmissionItem.objects.get().passed) == ("review", 0)


def test_who_opened_or_wrote_the_working_copy_is_its_author(office):
    policy = make.make_policy(region=office.region)
    copy = open_copy(policy, by=office.publisher)
    rewrite(copy, office.author, summary="改了。")
    [item] = office.hand_in(copy)

    assert item.author_keys == {office.publisher.pk, office.author.pk}


def test_nobody_approves_two_steps_in_a_row(office, draft):
    [item] = office.hand_in(draft)
    item = approve(item, by=office.reviewers[0], step=1)

    with pytest.raises(RefusedError, match="上一级就是您审的"):
        approve(item, by=office.reviewers[0], step=2)
    item = approve(item, by=office.reviewers[1], step=2)
    assert approve(item, by=office.reviewers[0], step=3).state == "approved"


def test_a_step_somebody_else_took_meanwhile_is_not_taken_again(office, draft):
    [item] = office.hand_in(draft)
    approve(item, by=office.reviewers[0], step=1)

    with pytest.raises(RefusedError, match="刚刚有别人审过"):
        approve(item, by=office.reviewers[1], step=1)


@pytest.mark.parametrize("who", ["author", "contributor"])
def test_only_reviewers_and_publishers_approve(office, neighbour, draft, who):
    [item] = office.hand_in(draft)

    for user in (getattr(office, who), neighbour.reviewers[0], neighbour.publisher):
        with pytest.raises(RefusedError):
            approve(item, by=user, step=1)
    assert SubmissionItem.objects.get().passed == 0


def test_a_text_that_changed_behind_the_review_is_not_approved(office, draft):
    [item] = office.hand_in(draft)
    Policy.objects.filter(pk=draft.pk).update(title="偷换的标题")

    with pytest.raises(RefusedError, match="送审之后变过"):
        approve(item, by=office.reviewers[0], step=1)


def test_returned_with_a_reason_and_written_again(office, draft):
    [item] = office.hand_in(draft)
    with pytest.raises(RefusedError, match="写明理由"):
        send_back(item, by=office.reviewers[0], reason="  ")
    send_back(item, by=office.reviewers[0], reason="金额没有出处")

    draft = rewrite(again(draft), office.author, summary="补了出处。")
    [second] = office.hand_in(draft)

    assert (SubmissionItem.objects.get(pk=item.pk).state, second.passed, again(draft).state) == ("returned", 0, "review")
    assert [verdict for verdict, *_rest in steps_of(draft)] == ["submitted", "returned", "submitted"]


def test_one_of_many_is_returned_alone(office):
    figures = [make.make_figure(state=State.DRAFT, region=office.region, created_by=office.author) for _ in range(3)]
    items = office.hand_in(*figures)
    send_back(items[1], by=office.reviewers[0], reason="口径不明")

    assert [again(figure).state for figure in figures] == ["review", "draft", "review"]
    assert items[0].submission.title.endswith("等 3 条")


def test_taken_back_the_approvals_are_void(office, draft):
    draft = office.approve(draft)
    draft = recall(draft, by=office.author)

    assert draft.state == State.DRAFT
    [item] = office.hand_in(draft)
    assert item.passed == 0
    with pytest.raises(RefusedError, match="审核通过以后"):
        publish([again(draft)], by=office.publisher)


def test_handing_in_what_changed_meanwhile_is_refused(office, draft):
    rewrite(again(draft), office.author, summary="别的窗口改了。")

    with pytest.raises(StaleVersionError):
        submit([draft], by=office.author)
    assert again(draft).state == State.DRAFT


@pytest.mark.parametrize("state", [State.REVIEW, State.APPROVED, State.PUBLISHED, State.WITHDRAWN])
def test_only_drafts_are_handed_in(office, state):
    policy = make.make_policy(region=office.region, state=state, withdrawn_reason="有误")

    with pytest.raises(RefusedError):
        submit([policy], by=office.author)
    assert not SubmissionItem.objects.exists()


def test_what_is_missing_stops_it_unless_a_reason_is_given(office, draft):
    draft = rewrite(draft, office.author, summary="")

    with pytest.raises(UnfinishedError) as refused:
        submit([draft], by=office.author)
    assert [one.field for one in refused.value.findings[draft]] == ["summary"]
    submit([draft], by=office.author, override="上级要求先发，摘要随后补")
    assert item_of(draft).reviews.get().override == "上级要求先发，摘要随后补"


def test_all_or_none_are_handed_in(office, draft):
    foreign = make.make_policy(state=State.DRAFT, region=make.make_region("xiushan"))

    with pytest.raises(RefusedError):
        submit([draft, foreign], by=office.author)
    assert (again(draft).state, SubmissionItem.objects.count()) == ("draft", 0)


def test_nothing_and_too_much_are_refused(office, draft):
    with pytest.raises(RefusedError, match="1 到 200"):
        submit([], by=office.author)
