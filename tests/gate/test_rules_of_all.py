"""Rules that every type of entry is asked."""

import pytest

from policies.models import Clause, ServicePoint
from portal.publishing.gate import findings
from portal.publishing.lifecycle import finish_entry, save_entry
from portal.publishing.models import State
from regions.models import Story
from tests.factories import MAKERS, make_policy, make_region, make_service, make_story

from .asking import said

pytestmark = pytest.mark.django_db

MOBILE, OFFICE = "13800001234", "023-48660000"
IDENTITY = "11010519491231002X"
CARD = "6222021234567890128"


@pytest.mark.parametrize("make", MAKERS.values(), ids=[model.__name__ for model in MAKERS])
def test_the_least_valid_entry_of_each_type_may_be_published(make):
    assert findings(make(state=State.DRAFT)) == []


def test_required_boxes_are_filled():
    policy = make_policy(summary=" ", topics=[])
    Clause.objects.create(policy=policy, number="1", text="")

    assert said("required_boxes_are_filled", policy) == ["topics", "summary", "text"]
    assert said("required_boxes_are_filled", make_policy()) == []


def test_a_choice_counts_as_a_required_box():
    assert said("required_boxes_are_filled", make_service(kind="")) == ["kind"]


@pytest.mark.parametrize("text", ["申请条件待补充", "TODO", "……"])
def test_no_placeholder_is_left(text):
    service = make_service(summary=text)
    ServicePoint.objects.create(service=service, name="市民服务中心", address=text)

    assert said("no_placeholder_is_left", service) == ["summary", "address"]
    assert said("no_placeholder_is_left", make_service(summary="凭身份证办理……材料现场核对。")) == []


@pytest.mark.parametrize(
    ("rule", "number"), [("no_mobile_number_is_told", MOBILE), ("no_identity_number_is_told", IDENTITY), ("no_bank_card_is_told", CARD)]
)  # fmt: skip
def test_no_personal_number_is_told(rule, number):
    service = make_service(summary=f"请联系 {number}。", consult=OFFICE)
    ServicePoint.objects.create(service=service, name="市民服务中心", phones=f"{OFFICE}、{number}")
    fine = make_service(summary="请拨 400-123-4567。")
    ServicePoint.objects.create(service=fine, name="市民服务中心", phones=f"{OFFICE}、400-123-4567")

    assert said(rule, service) == ["summary", "phones"]
    assert said(rule, fine) == []


def test_a_personal_number_is_not_repeated_in_what_is_logged():
    service = make_service(summary=f"{MOBILE} {IDENTITY} {CARD}")

    sentences = [finding.sentence for finding in findings(service)]

    assert len(sentences) == 3
    assert not any(number in sentence for sentence in sentences for number in (MOBILE, IDENTITY, CARD))


def test_english_that_is_older_than_the_chinese_keeps_nothing_back():
    service = make_service(summary_en="A hall for talent.")
    service.summary = "两个厅办完人才事项。"
    service.save()

    assert (service.stale_translations(), findings(service)) == (["summary"], [])


def test_links_lead_somewhere():
    story = make_story(body="见[一](/nowhere/)、[二](/admin/)、[三](http://127.0.0.1:8000/nowhere/)。")
    fine = make_story(
        body="见[政策](/policies/?topic=housing)、[首页](/)、[英文](/en/regions/)、[外部](https://www.cq.gov.cn/nowhere/)。"
    )

    assert said("links_lead_somewhere", story) == ["body"] * 3
    assert said("links_lead_somewhere", fine) == []


def test_linked_entries_are_public():
    draft = make_policy(slug="draft", state=State.DRAFT)
    make_policy(slug="rent")
    body = "见[一](/policies/rent/)、[二](/en/policies/rent/)、[三](../../policies/draft/)、[四](/services/none/)。"
    story = make_story(body=body, body_en="See [a](http://127.0.0.1:8000/policies/draft/).")

    assert said("linked_entries_are_public", story) == ["body", "body", "body_en"]
    assert said("linked_entries_are_public", story, also_public={draft.uuid}) == ["body"]
    assert said("linked_entries_are_public", make_story(body="见[一](/policies/rent/)。")) == []


def test_a_link_in_an_address_box_counts():
    assert said("linked_entries_are_public", make_service(online_url="http://127.0.0.1:8000/services/none/")) == ["online_url"]


def test_a_link_to_an_old_address_of_a_public_entry_is_alive():
    policy = make_policy(slug="old")
    policy.slug = "new"
    save_entry(policy, by=None, expected_version=policy.version)
    finish_entry(policy)

    assert said("linked_entries_are_public", make_story(body="见[一](/policies/old/)。")) == []


def test_a_link_of_a_draft_to_itself_is_alive():
    draft = make_story(slug="hall", state=State.DRAFT, body="见[上文](#top)和[本页](/stories/hall/)。")

    assert findings(draft) == []


def test_an_entry_that_was_never_stored_is_asked_too():
    story = Story(region=make_region(), slug="new")

    assert [finding.field for finding in findings(story)] == ["headline", "body"]
