"""The log in the admin: read by those it concerns, taken away by the auditor, changed by nobody."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.publishing.audit import record
from portal.publishing.models import AuditEntry
from portal.staff.models import Role, User
from tests.admin.browser import Browser, make_person
from tests.factories import make_region, make_story

pytestmark = pytest.mark.django_db
LIST = "/admin/publishing/auditentry/"
EXPORT = f"{LIST}export/"


def shown(response):
    return [row.number for row in response.context_data["cl"].result_list]


def file_rows(response):
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.fixture
def rows(root):
    story = make_story(headline="报道一", region=make_region("qijiang"))
    return [
        record("submitted", story, by=root.user, before={"headline": "旧"}, after={"headline": "报道一"}, reason="=1+1"),
        record("exported", by=None),
    ]


def test_the_newest_is_first_and_a_row_shows_everything(root, rows):
    listed = shown(root.get(LIST))
    assert listed[:2] == [rows[1].number, rows[0].number]

    page = root.get(f"{LIST}{rows[0].number}/change/").content.decode()
    for text in ("报道一", "管理员", "=1+1", rows[0].sha256, rows[0].previous_sha256):
        assert text in page
    assert '<input type="submit"' not in page


def test_it_is_filtered_by_action_person_entry_and_words(root, rows):
    submitted = rows[0]
    for query in (
        {"action__exact": "submitted"},
        {"entry_uuid": str(submitted.entry_uuid), "action__exact": "submitted"},
        {"q": "报道一", "action__exact": "submitted"},
        {"actor_id": root.user.pk, "action__exact": "submitted"},
    ):
        assert shown(root.get(LIST, **query)) == [submitted.number]
    day = timezone.localtime(submitted.at)
    assert submitted.number in shown(root.get(LIST, at__year=day.year, at__month=day.month, at__day=day.day))


@pytest.mark.parametrize(
    "query", [{"entry_uuid": "x"}, {"at__year": "abc"}, {"actor_id": "1abc"}, {"nonsense": "1"}, {"q": "词" * 500}]
)
def test_a_filter_that_means_nothing_is_no_fault(root, rows, query):
    assert root.get(LIST, **query).status_code in {200, 302}


@pytest.mark.parametrize("count", [1, 3])
def test_what_the_list_costs(root, django_assert_num_queries, count):
    for _number in range(count):
        record("submitted", make_story(), by=root.user)
    root.get(LIST)

    with django_assert_num_queries(7):
        root.get(LIST)


def test_nobody_writes_here(root, rows):
    before = list(AuditEntry.objects.order_by("number").values())

    row = f"{LIST}{rows[0].number}/"
    answers = [
        root.get(f"{LIST}add/"),
        root.send(f"{LIST}add/", {"action": "submitted"}),
        root.send(f"{row}change/", {"reason": "别的"}),
        root.get(f"{row}delete/"),
        root.send(f"{row}delete/", {"post": "yes"}),
        root.send(LIST, {"action": "delete_selected", "_selected_action": [rows[0].number], "post": "yes"}),
        root.get(f"{row}history/"),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403, 403, 403, 200, 404]
    assert list(AuditEntry.objects.order_by("number").values()) == before


def test_an_editor_reads_of_themselves_only(rows):
    other = Browser(make_person("other", Role.EDITOR, region=make_region("xiushan")))
    own = record("submitted", by=other.user)

    assert all(AuditEntry.objects.get(pk=number).actor_id == other.user.pk for number in shown(other.get(LIST)))
    assert own.number in shown(other.get(LIST))
    assert other.get(f"{LIST}{rows[0].number}/change/").status_code == 302
    assert other.send(EXPORT, {}).status_code == 403


def test_a_publisher_reads_what_concerns_their_regions(rows):
    qijiang, xiushan = make_region("qijiang"), make_region("xiushan")
    below = make_region("wansheng", parent=qijiang)
    publisher = Browser(make_person("publisher", Role.PUBLISHER, region=qijiang))
    record("signed_in", by=None)
    here, there, deeper = (record("submitted", make_story(region=one), by=None) for one in (qijiang, xiushan, below))

    submitted = shown(publisher.get(LIST, action__exact="submitted"))
    assert submitted == [deeper.number, here.number, rows[0].number]
    assert publisher.get(f"{LIST}{there.number}/change/").status_code == 302
    assert publisher.send(EXPORT, {}).status_code == 403


def test_an_auditor_reads_and_takes_everything(rows):
    auditor = Browser(make_person("auditor", Role.AUDITOR))

    assert {row.number for row in rows} <= set(shown(auditor.get(LIST)))
    taken = file_rows(auditor.send(EXPORT, {}))
    assert [int(row["number"]) for row in taken] == list(
        AuditEntry.objects.order_by("number").values_list("number", flat=True)[: len(taken)]
    )


def test_the_file_holds_what_the_list_shows_and_the_log_says_who_took_it(root, rows):
    answer = root.send(f"{EXPORT}?action__exact=submitted", {})
    taken = file_rows(answer)

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert [row["number"] for row in taken] == [str(rows[0].number)]
    assert (taken[0]["reason"], taken[0]["before"], taken[0]["sha256"]) == ("'=1+1", '{"headline": "旧"}', rows[0].sha256)
    told = AuditEntry.objects.order_by("-number").first()
    assert (told.action, told.actor_name, told.after) == ("exported", "管理员", {"filter": "action__exact=submitted"})


def test_the_file_is_taken_by_a_button_only(root):
    assert root.get(EXPORT).status_code == 405
    answer = root.get(LIST)
    assert EXPORT in answer.content.decode()
    assert "'unsafe" not in answer["Content-Security-Policy"]
    assert reverse("admin:publishing_auditentry_export") == EXPORT


def test_whoever_is_not_signed_in_is_sent_away(client):
    User.objects.create_user("reader", "", "secret")
    client.force_login(User.objects.get(username="reader"))

    assert [client.get(url).status_code for url in (LIST, EXPORT)] == [302, 302]
