"""The record sheet: every step in order, whole, to print and as a file; for those who may see the entry."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.publishing.models import AuditEntry, Review, State
from portal.publishing.workflow import approve, publish, send_back, withdraw
from portal.staff.models import Role
from tests import factories as make
from tests.workflow.cast import again, person
from tests.workflow.test_review import rewrite

pytestmark = pytest.mark.django_db


def url_of(entry):
    return reverse("admin:record", args=[entry.type_label(), entry.uuid])


def rows_of(answer):
    return list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


@pytest.fixture
def told(office, draft):
    """A policy that was returned once, approved by three, published in spite of a finding, and withdrawn."""
    draft = rewrite(draft, office.author, doc_number_status="given", doc_code="綦人发", doc_year=2021, doc_seq=7, summary="")
    [item] = office.hand_in(draft, note="=请尽快", override="摘要随后补")
    send_back(item, by=office.reviewers[0], reason="金额没有出处")
    [item] = office.hand_in(again(draft), override="摘要随后补")
    office.review(item)
    [live] = publish([again(draft)], by=office.publisher, override="领导要求先发")
    return withdraw(live, by=office.publisher, reason="数字有误")


def test_every_step_stands_in_the_file_in_order(browse, office, told):
    rows = rows_of(browse(office.publisher).get(url_of(told), format="csv"))

    assert rows[0] == [
        "类型", "标题", "地区", "文号", "北京时间", "审核级次", "结论", "人员", "意见", "放行理由", "版次", "文字摘要值", "标识",
    ]  # fmt: skip
    steps = [(row[5], row[6], row[7], row[8], row[9], row[10]) for row in rows[1:]]
    assert steps == [
        ("", "送审", "qijiang-author", "'=请尽快", "摘要随后补", ""),
        ("第 1 级", "退回", "qijiang-reviewer-1", "金额没有出处", "", ""),
        ("", "送审", "qijiang-author", "", "摘要随后补", ""),
        ("第 1 级", "通过", "qijiang-reviewer-1", "", "", ""),
        ("第 2 级", "通过", "qijiang-reviewer-2", "", "", ""),
        ("第 3 级", "通过", "qijiang-reviewer-3", "", "", ""),
        ("", "发布", "qijiang-publisher", "", "领导要求先发", "1"),
        ("", "撤回", "qijiang-publisher", "数字有误", "", "2"),
    ]
    assert {tuple(row[:4]) for row in rows[1:]} == {("政策", told.title, "綦江区", "綦人发〔2021〕7号")}
    reviews = Review.objects.filter(entry_uuid=told.uuid)
    assert [row[4] for row in rows[1:]] == [timezone.localtime(one.at).strftime("%Y-%m-%d %H:%M:%S") for one in reviews]
    assert [row[11] for row in rows[1:]] == [one.digest for one in reviews]


def test_the_sheet_to_print_says_the_same(browse, office, told):
    page = browse(office.publisher).get(url_of(told)).content.decode()

    for words in (
        told.title,
        "綦江区",
        "綦人发〔2021〕7号",
        "金额没有出处",
        "领导要求先发",
        "第 3 级 通过",
        "发布 第 1 版",
        "数字有误",
    ):
        assert words in page, words
    assert page.count('<td class="when">') == Review.objects.filter(entry_uuid=told.uuid).count()
    digest = Review.objects.filter(entry_uuid=told.uuid).first().digest
    assert (digest[:12] in page, digest in page) == (True, False)


def test_taking_it_away_is_written_down(browse, office, told):
    publisher = browse(office.publisher)
    before = AuditEntry.objects.count()

    publisher.get(url_of(told))
    assert AuditEntry.objects.count() == before
    publisher.get(url_of(told), format="csv")

    last = AuditEntry.objects.order_by("-number").first()
    assert (last.action, last.actor_id, last.after) == (
        "exported", office.publisher.pk, {"record": f"record-{told.uuid}", "entries": 1}
    )  # fmt: skip


def test_foreign_people_find_no_sheet(browse, office, neighbour, administrator, told):
    people = {
        office.reviewers[1]: 200, administrator: 200, person("auditor", Role.AUDITOR): 200, neighbour.publisher: 404,
        neighbour.contributor: 404, office.contributor: 404,
    }  # fmt: skip

    assert {who: browse(who).get(url_of(told)).status_code for who in people} == people


def test_contributors_read_the_steps_of_what_they_wrote(browse, office):
    live = office.publish(make.make_policy(region=office.region, state=State.DRAFT))

    page = browse(office.contributor).get(url_of(live))

    assert [sheet.lines for sheet in page.context_data["sheets"]] == [[]]


@pytest.mark.parametrize(
    "address", ["policies.clause/{}", "auth.user/{}", "nonsense/{}", "policies.policy/00000000-0000-0000-0000-000000000000"]
)
def test_what_is_no_entry_has_no_sheet(browse, office, told, address):
    answer = browse(office.publisher).get(f"/admin/record/{address.format(told.uuid)}/")

    assert answer.status_code == 404


@pytest.mark.parametrize("rows", [3, 50])
def test_the_sheets_of_a_submission(browse, office, django_assert_num_queries, rows):
    """Session, person, roles, submission, items; entries, steps, own items and editions."""
    indicator, source = make.make_indicator(), make.make_source(region=office.region)
    items = office.hand_in(
        *(make.make_figure(region=office.region, state=State.DRAFT, indicator=indicator, source=source) for _ in range(rows))
    )
    approve(items[1], by=office.reviewers[0], step=1, opinion="同意")
    publisher, url = browse(office.publisher), reverse("admin:submission_record", args=[items[0].submission_id])

    with django_assert_num_queries(9):
        page = publisher.get(url)

    assert [len(sheet.lines) for sheet in page.context_data["sheets"]] == [1, 2, *[1] * (rows - 2)]
    assert len(rows_of(publisher.get(url, format="csv"))) == 1 + rows + 1
    assert publisher.get(url, format="pdf").status_code == 302


def test_of_a_deleted_entry_the_steps_are_left(browse, office, told):
    type(told).objects.filter(pk=told.pk).delete()

    assert browse(office.publisher).get(url_of(told)).status_code == 404
    sheet = browse(person("auditor", Role.AUDITOR)).get(url_of(told)).context_data["sheets"][0]
    assert (sheet.title, sheet.region, len(sheet.lines)) == ("綦江区人才公寓管理暂行办法", "綦江区", 8)
