"""The trail of entries that went the whole way is whole, also when several people write at once."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import close_old_connections, connection

from portal.publishing.audit import record
from portal.publishing.editions import history
from portal.publishing.lifecycle import finish_entry, save_entry
from portal.publishing.models import AuditEntry, Edition, State
from portal.publishing.restoring import restore
from portal.publishing.workflow import withdraw
from tests import factories as make
from tests.workflow.cast import Office, again


def verified():
    out = io.StringIO()
    call_command("verify_audit", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_published_restored_and_withdrawn_entry_verifies():
    office = Office(make.make_region("qijiang", review_steps=1))
    draft = make.make_policy(state=State.DRAFT, region=office.region, slug="apartments", title="第一版办法")
    type(draft).objects.update(created_by=office.author, updated_by=office.author)

    live = office.publish(again(draft))
    copy = restore(live, history(live).numbered().get(number=1), by=office.author)
    copy.title = "第二版办法"
    save_entry(copy, by=office.author)
    finish_entry(copy)
    live = office.publish(copy)
    withdraw(live, by=office.publisher, reason="已被新办法替代")

    chain = Edition.objects.of(live).numbered().order_by("number")
    assert [(one.number, one.kind, one.content["columns"]["title"]) for one in chain] == [
        (1, "published", "第一版办法"),
        (2, "published", "第二版办法"),
        (3, "withdrawn", "第二版办法"),
    ]
    assert verified().startswith("whole")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_two_writers_never_follow_one_row():

    def write(number):
        try:
            record("exported", by=None, after={"n": number})
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(40)))

    close_old_connections()
    assert list(AuditEntry.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 41))
    assert verified().startswith("whole")
