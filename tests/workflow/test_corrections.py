"""Readers are told of every major change, and of what became of an address."""

import pytest

from portal.publishing.lifecycle import delete_entry
from portal.publishing.workflow import withdraw
from portal.publishing.working_copy import open_copy
from tests import factories as make
from tests.workflow.cast import again
from tests.workflow.test_review import rewrite

pytestmark = pytest.mark.django_db


def change(office, entry, note, **columns):
    copy = rewrite(open_copy(again(entry), by=office.author), office.author, change_note=note, **columns)
    return office.publish(copy, brings_back=True)


def test_major_changes_and_withdrawals_are_listed_newest_first(client, office):
    policy = make.make_policy(region=office.region)
    change(office, policy, "更正窗口电话", summary="电话改了。")
    change(office, policy, "", summary="改了一个错别字。")
    withdraw(again(policy), by=office.publisher, reason="正在核实金额")
    change(office, policy, "更正金额", summary="金额改了。")

    page = client.get(policy.get_absolute_url()).content.decode()

    section = page[page.index("更正记录") : page.index("</details>", page.index("更正记录"))]
    told = [section.find(words) for words in ("更正金额", "正在核实金额", "更正窗口电话")]
    assert (told == sorted(told), -1 in told, "错别字" in section) == (True, False, False)
    assert "更正记录" not in client.get(make.make_policy(slug="other").get_absolute_url()).content.decode()


def test_it_costs_one_query_and_none_without_a_change(client, office, django_assert_num_queries):
    policy = make.make_policy(region=office.region)
    url = policy.get_absolute_url()
    with django_assert_num_queries(7):
        client.get(url)
    for number in range(1, 4):
        change(office, policy, f"更正{number}", summary=f"第{number}次。")
        with django_assert_num_queries(8):
            client.get(url)


def test_the_address_of_a_deleted_entry_says_so_and_is_given_to_no_other(client, office):
    policy = make.make_policy(region=office.region, slug="apartments")
    withdraw(policy, by=office.publisher, reason="重复")
    delete_entry(again(policy))

    answer = client.get("/policies/apartments/")
    assert (answer.status_code, "已经删除" in answer.content.decode()) == (410, True)
    assert client.get("/api/v1/policies/apartments/").status_code == 410


def test_a_draft_nobody_saw_leaves_nothing(client, office, draft):
    delete_entry(draft)

    assert client.get("/policies/apartments/").status_code == 404
