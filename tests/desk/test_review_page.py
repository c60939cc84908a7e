"""One page on which everything of a submission is reviewed and published."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from policies.models import Policy
from portal.publishing.models import Review, State, SubmissionItem
from portal.publishing.working_copy import about_copy, open_copy
from tests import factories as make
from tests.admin.browser import change_url, messages_of
from tests.workflow.cast import again
from tests.workflow.test_review import rewrite

pytestmark = pytest.mark.django_db


def page_of(item):
    return reverse("admin:submission", args=[item.submission_id])


def send(browser, item, do, **data):
    return browser.send(page_of(item), {"do": do, "item": item.pk, "step": item.passed + 1} | data)


def figures(office, count):
    indicator, source = make.make_indicator(), make.make_source(region=office.region)
    return [
        make.make_figure(region=office.region, state=State.DRAFT, indicator=indicator, source=source, as_published=f"{n}人")
        for n in range(count)
    ]


def stored(item):
    found = SubmissionItem.objects.get(pk=item.pk)
    return found.state, found.passed


@pytest.mark.parametrize("rows", [3, 50])
def test_queries_do_not_grow_with_the_entries(browse, office, django_assert_num_queries, rows):
    """Session, person, roles, submission, items, rows, snapshots, names of three models, and the steps so far."""
    [item, *_others] = office.hand_in(*figures(office, rows))
    reviewer = browse(office.reviewers[0])

    with django_assert_num_queries(11):
        page = reviewer.get(page_of(item))

    assert len(page.context_data["to_approve"]) == rows


def test_a_new_entry_is_told_by_its_fields(browse, office, draft):
    [item] = office.hand_in(draft, note="请尽快")

    page = browse(office.reviewers[0]).get(page_of(item)).content.decode()

    for words in ("第 1 级 / 共 3 级", "请尽快", "在綦工作的人才可申请入住。", "綦江区", "新内容", change_url(draft), "送审"):
        assert words in page, words
    assert "<ins>" not in page
    assert change_url(draft).replace("/change/", "/preview/") in page


def test_a_change_is_told_character_by_character(browse, office):
    policy = make.make_policy(region=office.region, summary="补贴每月八百元。")
    copy = rewrite(open_copy(policy, by=office.author), office.author, summary="补贴每月九百元。")
    [item] = office.hand_in(copy)

    page = browse(office.reviewers[0]).get(page_of(item)).content.decode()

    assert "补贴每月<del>八</del><ins>九</ins>百元。" in page
    assert "修改稿" in page
    assert policy.title not in page.partition('class="marks"')[2].partition("</dl>")[0]


def test_approved_step_by_step_on_the_page(browse, office, draft):
    [item] = office.hand_in(draft)
    for step, reviewer in enumerate(office.reviewers):
        answer = send(browse(reviewer), item, "approve", step=step + 1, words=f"同意{step}")
        assert answer.status_code == 302

    assert stored(item) == ("approved", 3)
    opinions = Review.objects.filter(item=item, verdict="approved").values_list("opinion", flat=True)
    assert list(opinions) == ["同意0", "同意1", "同意2"]


def test_one_of_fifty_is_returned_and_the_others_approved(browse, office):
    items = office.hand_in(*figures(office, 50))
    reviewer = browse(office.reviewers[0])

    assert send(reviewer, items[7], "return", words="口径不明").status_code == 302
    page = reviewer.get(page_of(items[0]))
    boxes = {f"step-{card.item.pk}": card.item.passed + 1 for card in page.context_data["to_approve"]}
    answer = reviewer.send(page_of(items[0]), {"do": "approve_all", "words": "同意"} | boxes)

    assert messages_of(answer) == ["已通过 49 条。"]
    assert [stored(item) for item in items] == [("returned", 0) if item is items[7] else ("waiting", 1) for item in items]


def test_all_that_is_approved_is_published_at_once(browse, office):
    items = [office.review(item) for item in office.hand_in(*figures(office, 3))]
    publisher = browse(office.publisher)
    page = publisher.get(page_of(items[0]))
    boxes = {f"version-{card.item.pk}": card.entry.version for card in page.context_data["to_publish"]}

    answer = publisher.send(page_of(items[0]), {"do": "publish", "words": ""} | boxes)

    assert messages_of(answer) == ["已发布 3 条。"]
    assert [stored(item) for item in items] == [("published", 3)] * 3
    assert "已发布" in publisher.get(page_of(items[0])).content.decode()


def test_what_the_gate_finds_is_listed_and_passes_with_a_reason(browse, office, draft):
    draft = rewrite(draft, office.author, summary="")
    [item] = office.hand_in(draft, override="摘要随后补")
    office.review(item)
    publisher, boxes = browse(office.publisher), {f"version-{item.pk}": again(draft).version}

    refused = publisher.send(page_of(item), {"do": "publish", "words": ""} | boxes)

    page = refused.content.decode()
    assert (refused.status_code, again(draft).state) == (400, "approved")
    assert f'{change_url(draft)}#id_summary">' in page
    assert publisher.send(page_of(item), {"do": "publish", "words": "领导要求先发"} | boxes).status_code == 302
    assert (again(draft).state, Review.objects.last().override) == ("published", "领导要求先发")


def test_who_may_not_is_told_why(browse, office, draft):
    [item] = office.hand_in(draft)

    author = browse(office.author).get(page_of(item)).content.decode()
    office.review(item, 1)
    again_first = browse(office.reviewers[0]).get(page_of(item)).content.decode()

    assert "您在綦江区没有审核角色。" in author
    assert "上一级就是您审的，下一级要由别人来审。" in again_first
    for page in (author, again_first):
        assert 'value="approve"' not in page


def test_a_text_changed_behind_the_review_says_so(browse, office, draft):
    [item] = office.hand_in(draft)
    Policy.objects.filter(pk=draft.pk).update(title="偷换的标题")

    page = browse(office.reviewers[0]).get(page_of(item)).content.decode()

    assert "这份文字在送审之后变过" in page
    assert ('value="approve"' in page, 'value="return"' in page) == (False, True)


FORGED = [
    ({"do": "return", "words": "  "}, "退回要写明理由"),
    ({"do": "return", "words": "理由", "step": "2"}, "刚刚有别人审过这一级"),
    ({"do": "approve", "step": "2", "words": "写好的意见"}, "刚刚有别人审过这一级"),
    ({"do": "approve", "step": "x", "words": "写好的意见"}, "刚刚有别人审过这一级"),
    ({"do": "approve", "step": ""}, "刚刚有别人审过这一级"),
    ({"do": "approve", "words": "长" * 501}, "最多 500 个字"),
    ({"do": "approve", "words": "不可见\u0007"}, "控制字符"),
    ({"do": "approve", "words": "空\0字"}, "控制字符"),
    ({"do": "approve", "item": "999999"}, "这份送审里没有这一条"),
    ({"do": "approve", "item": "1x"}, "这份送审里没有这一条"),
    ({"do": "approve", "item": None}, "这份送审里没有这一条"),
    ({"do": "approve_all"}, "没有您可以通过的内容"),
    ({"do": "publish", "state": "published"}, "没有您可以发布的内容"),
    ({"do": "delete"}, "不认识这个操作"),
    ({"do": None}, "不认识这个操作"),
]


@pytest.mark.parametrize(("data", "sentence"), FORGED)
def test_what_no_page_sends_writes_nothing_and_keeps_what_was_typed(browse, office, draft, data, sentence):
    [item] = office.hand_in(draft)
    reviews = Review.objects.count()

    answer = browse(office.reviewers[0]).send(page_of(item), {"do": "approve", "item": item.pk, "step": 1} | data)

    page = answer.content.decode()
    assert (answer.status_code, sentence in page) == (400, True)
    assert data.get("words", "").strip().replace("\0", "\ufffd") in page.replace("\0", "\ufffd")
    assert (stored(item), Review.objects.count(), again(draft).state) == (("waiting", 0), reviews, "review")


def test_an_item_of_another_submission_or_region_is_not_reached(browse, office, one_step, draft):
    [item] = office.hand_in(draft)
    [theirs] = one_step.hand_in(make.make_policy(region=one_step.region, state=State.DRAFT))
    reviewer = browse(office.reviewers[0])

    answers = [
        reviewer.send(page_of(item), {"do": "approve", "item": theirs.pk, "step": 1}),
        reviewer.send(page_of(item), {"do": "approve_all", f"step-{theirs.pk}": 1}),
        reviewer.send(page_of(item), {"do": "publish", f"version-{theirs.pk}": 1}),
        reviewer.send(page_of(theirs), {"do": "approve", "item": theirs.pk, "step": 1}),
    ]

    assert [answer.status_code for answer in answers] == [400, 400, 400, 404]
    assert (stored(item), stored(theirs)) == (("waiting", 0), ("waiting", 0))


def test_what_is_not_approved_or_no_longer_the_version_seen_is_not_published(browse, office):
    waiting, approved = office.hand_in(*figures(office, 2))
    office.review(approved)
    publisher = browse(office.publisher)

    answers = [
        publisher.send(page_of(waiting), {"do": "publish", f"version-{waiting.pk}": 2, f"version-{approved.pk}": 3}),
        publisher.send(page_of(waiting), {"do": "publish", f"version-{approved.pk}": 1}),
        browse(office.reviewers[0]).send(page_of(waiting), {"do": "publish", f"version-{approved.pk}": 3}),
    ]

    assert [answer.status_code for answer in answers] == [400] * 3
    assert (stored(waiting), stored(approved)) == (("waiting", 0), ("approved", 3))


def test_all_or_none_are_approved(browse, office):
    first, second = office.hand_in(*figures(office, 2))

    answer = browse(office.reviewers[0]).send(
        page_of(first), {"do": "approve_all", f"step-{first.pk}": 1, f"step-{second.pk}": 2}
    )

    assert (answer.status_code, stored(first), stored(second)) == (400, ("waiting", 0), ("waiting", 0))
    assert "什么都没有写入" in answer.content.decode()


def test_people_without_content_roles_do_nothing(browse, office, administrator, draft):
    [item] = office.hand_in(draft)
    browser = browse(administrator)

    assert browser.get(page_of(item)).status_code == 200
    assert send(browser, item, "approve").status_code == 400
    assert send(browser, item, "return", words="理由").status_code == 400
    assert stored(item) == ("waiting", 0)


def test_what_is_approved_together_may_appear_together_later(browse, office, draft):
    policy = make.make_policy(region=office.region, summary="旧的摘要。")
    copy = rewrite(open_copy(policy, by=office.author), office.author, summary="新的摘要。")
    items = office.hand_in(draft, copy)
    for item in items:
        office.review(item)
    at = (timezone.localtime() + datetime.timedelta(days=30)).replace(hour=9, minute=0, second=0, microsecond=0)
    publisher, said = browse(office.publisher), {"do": "publish"}
    said |= {f"version-{item.pk}": again(entry).version for item, entry in zip(items, (draft, copy), strict=True)}

    odd = [publisher.send(page_of(items[0]), said | {"at_0": day, "at_1": "09:00"}) for day in ("2020-01-01", "x", "9999-01-01")]
    done = publisher.send(page_of(items[0]), said | {"at_0": f"{at:%Y-%m-%d}", "at_1": "09:00"})

    assert [answer.status_code for answer in (*odd, done)] == [400, 400, 400, 302]
    sentences = ("公开时间已经过了", "有效的日期", "公开时间最多定在 5 年以内")
    assert [words in answer.content.decode() for words, answer in zip(sentences, odd, strict=True)] == [True] * 3
    assert 'value="x"' in odd[1].content.decode()
    assert (again(draft).state, again(draft).visible_from) == (State.PUBLISHED, at)
    assert (again(copy).state, about_copy(copy).apply_at, again(policy).summary) == (State.SCHEDULED, at, "旧的摘要。")
    assert messages_of(done) == ["已定时 2 条：新内容到时显示，修改稿到时生效。"]
