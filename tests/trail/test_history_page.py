"""The history of an entry in the admin: who reads it, what it costs, what it compares and takes up again."""

import datetime
import re

import pytest
from django.urls import reverse

from portal.publishing.editions import erase_payload, history, write_edition, write_save
from portal.publishing.lifecycle import finish_entry, save_entry
from portal.publishing.models import Edition, State
from tests.admin.browser import Browser, make_editor
from tests.factories import make_policy, make_region, make_story, make_topic

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 3, 1, 9, 30, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)


def page(row, name="history", *more):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk, *more])


def saved(row, by, **values):
    for name, value in values.items():
        setattr(row, name, value)
    save_entry(row, by=by)
    finish_entry(row)
    return history(row).first()


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def draft(root):
    story = make_story(headline="人才公寓开放", state=State.DRAFT)
    saved(story, root.user, headline="人才公寓开放了")
    saved(story, root.user, headline="人才住房开放了")
    return story


def test_the_newest_is_first_with_who_when_what_and_why(root):
    story = make_story()
    write_save(story, {}, by=root.user, at=NOW)
    first = write_edition(story, {}, by=None, reason="", kind="published", at=NOW + MINUTE)
    write_edition(story, {}, by=root.user, reason="更正电话", kind="published", at=NOW + 2 * MINUTE)
    erase_payload(first, by=root.user, reason="含个人电话")

    response = root.get(page(story))

    rows = [row.edition for row in response.context_data["page"].rows][-3:]
    newest = response.context_data["page"].rows[0].edition
    assert newest.created_at >= rows[0].created_at
    text = text_of(response)
    for words in ("更正电话", "管理员", "系统", "第 2 版", "2026-03-01 17:32:00", "内容已由管理员清除，理由：含个人电话"):
        assert words in text


@pytest.mark.parametrize("rows", [1, 3])
def test_what_the_history_costs(root, django_assert_num_queries, rows):
    story = make_story()
    for number in range(rows):
        write_save(story, {"n": number}, by=root.user, at=NOW)
    root.get(page(story))

    with django_assert_num_queries(5):
        root.get(page(story))


def test_five_thousand_editions_cost_no_more(root, django_assert_max_num_queries):
    policy = make_policy()
    made = write_save(policy, {}, by=None, at=NOW)
    same = {one.attname: getattr(made, one.attname) for one in Edition._meta.concrete_fields if not one.primary_key}
    Edition.objects.bulk_create(
        [Edition(**{**same, "created_at": NOW + number * MINUTE}) for number in range(5000)], batch_size=500
    )
    everything = list(history(policy).values_list("pk", flat=True))
    seen, url = [], page(policy)

    while url:
        with django_assert_max_num_queries(6):
            shown = root.get(url).context_data["page"]
        seen += [row.edition.pk for row in shown.rows]
        url = f"{page(policy)}?before={shown.next_before}" if shown.next_before and len(seen) < 200 else ""

    assert seen == everything[:200]


@pytest.mark.parametrize("before", ["0", "x", "1abc", "１", "999999999"])
def test_a_page_of_nothing_is_not_found(root, draft, before):
    assert root.get(page(draft), before=before).status_code == 404


def test_the_history_of_another_region_is_not_shown(root, draft):
    other = Browser(make_editor(make_region("xiushan"), "other"))
    edition = history(draft).first()

    answers = [
        other.get(page(draft)),
        other.get(page(draft, "difference"), **{"from": edition.pk, "to": "now"}),
        other.send(page(draft, "restore", edition.pk), {}),
    ]
    assert [answer.status_code for answer in answers] == [302, 404, 404]
    assert answers[0].headers["Location"] == "/admin/"


def test_two_editions_are_compared_whichever_is_named_first(root, draft):
    newest, before = history(draft)[:2]

    for old, new in ((before, newest), (newest, before)):
        text = text_of(root.get(page(draft, "difference"), **{"from": old.pk, "to": new.pk}))
        assert "人才<del>公寓</del><ins>住房</ins>开放了" in text


def test_an_edition_is_compared_with_what_is_stored_now(root, draft):
    oldest = history(draft).last()

    text = text_of(root.get(page(draft, "difference"), **{"from": oldest.pk, "to": "now"}))
    assert "现在保存的内容" in text
    assert "<ins>" in text
    newest = history(draft).first()
    assert "两版的内容完全相同。" in text_of(root.get(page(draft, "difference"), **{"from": newest.pk, "to": "now"}))


def test_marked_texts_are_escaped(root, draft):
    saved(draft, root.user, headline="<script>alert(1)</script>")

    text = text_of(root.get(page(draft, "difference"), **{"from": history(draft)[1].pk, "to": "now"}))
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("asked", [{}, {"from": "now", "to": "now"}, {"from": "1abc", "to": "now"}, {"from": "999999"}])
def test_a_comparison_of_nothing_is_not_found(root, draft, asked):
    assert root.get(page(draft, "difference"), **asked).status_code == 404


def test_an_edition_of_another_entry_is_neither_compared_nor_taken_up(root, draft):
    other = make_story()
    foreign = write_save(other, {"columns": {}}, by=None, at=NOW)

    assert root.get(page(draft, "difference"), **{"from": foreign.pk, "to": "now"}).status_code == 404
    assert root.send(page(draft, "restore", foreign.pk), {}).status_code == 404


def test_the_name_of_a_hidden_entry_of_another_region_is_not_told(root, draft):
    hidden = make_topic(name="密件主题", region=make_region("xiushan"), state=State.DRAFT)
    own = Browser(make_editor(draft.region, "own"))
    draft.topics.add(hidden)
    saved(draft, root.user, headline="又改了")

    text = text_of(own.get(page(draft, "difference"), **{"from": history(draft)[1].pk, "to": "now"}))
    assert "看不到或已不存在的内容" in text
    assert "密件主题" not in text


def test_the_history_leads_to_the_record_sheet_of_the_entry(root, draft):
    sheet = reverse("admin:record", args=["regions.story", draft.uuid])

    assert f'<a href="{sheet}">审核表</a>' in root.get(page(draft)).content.decode()
    assert root.get(sheet).status_code == 200
