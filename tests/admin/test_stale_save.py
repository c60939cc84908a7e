"""Two people edit one entry: nobody's text is lost or silently overwritten."""

from threading import Thread

import pytest
from django.contrib.admin import ModelAdmin
from django.db import connection, connections
from django.db.models import F

from policies.models import Benefit, Clause, Policy, ServicePoint
from tests.admin.browser import Browser, change_url, errors_of, form_of, make_editor
from tests.factories import make_benefit, make_policy, make_service, make_source

pytestmark = pytest.mark.usefixtures("untold")


@pytest.fixture
def colleague(root):
    return Browser(make_editor(name="colleague", display_name="同事"))


def shown(response):
    return [(row.row, row.label, row.stored, row.typed) for row in response.context_data["differences"]]


def contents(model):
    return list(model.objects.order_by("pk").values())


def test_a_stale_form_writes_nothing_and_shows_both_texts(root, colleague):
    policy = make_policy(title="旧标题")
    url = change_url(policy)
    mine = root.form(url) | {"title": "我的标题", "kind": "plan"}
    colleague.edit(policy, title="同事的标题")
    before = contents(Policy)

    response = root.send(url, mine)

    assert response.status_code == 200
    assert contents(Policy) == before
    assert shown(response) == [("", "类型", "办法、措施", "方案、规划"), ("", "标题", "同事的标题", "我的标题")]
    assert "同事在 " in errors_of(response)["__all__"][0]


def test_saving_again_after_the_differences_overwrites_deliberately(drawn, root, colleague):
    policy = make_policy(title="旧标题")
    url = change_url(policy)
    mine = root.form(url) | {"title": "我的标题"}
    colleague.edit(policy, title="同事的标题")
    page = root.send(url, mine)

    again = form_of(page)
    response = root.send(url, again)

    policy.refresh_from_db()
    assert (again["title"], again["version"]) == ("我的标题", "2")
    assert (response.status_code, policy.title, policy.version) == (302, "我的标题", 3)


def test_a_third_save_in_between_is_stale_again(root, colleague):
    policy = make_policy(title="旧标题")
    url = change_url(policy)
    mine = root.form(url) | {"title": "我的标题"}
    colleague.edit(policy, title="同事的标题")
    again = form_of(root.send(url, mine))
    colleague.edit(policy, title="同事又改了")

    response = root.send(url, again)

    assert shown(response) == [("", "标题", "同事又改了", "我的标题")]


def test_a_missing_or_forged_version_is_a_sentence(root):
    url, before = change_url(make_policy()), contents(Policy)
    mine = root.form(url) | {"title": "我的标题"}

    for version in (None, "", "x", "1.0", "-1", "１", "99999999999", "1 or 1"):
        response = root.send(url, mine | {"version": version})
        sentence = "表单里的版本号缺失或不对，什么都没有保存。请核对列出的差别，再保存一次。"
        assert errors_of(response) == {"version": [sentence]}, version
    assert contents(Policy) == before


def test_what_is_wrong_with_a_hidden_box_is_told_on_the_page(drawn, root):
    response = root.edit(make_source(), title="我的标题", version="x")

    assert "表单里的版本号缺失或不对" in response.content.decode()
    assert "<td>我的标题</td>" in response.content.decode()


def test_a_version_from_the_future_is_stale(root):
    policy = make_policy()

    response = root.edit(policy, title="我的标题", version="7")

    assert shown(response) == [("", "标题", "綦江区人才公寓管理暂行办法", "我的标题")]


def test_rows_changed_by_both_are_shown_row_by_row(root, colleague):
    policy = make_policy()
    Clause.objects.create(policy=policy, number="1", text="原文")
    url = change_url(policy)
    mine = root.form(url) | {"clauses-0-text": "我的条文", "clauses-1-number": "2", "clauses-1-text": "我的第二条"}
    colleague.edit(policy, **{"clauses-0-text": "同事的条文"})

    response = root.send(url, mine)

    assert shown(response) == [
        ("条款 1", "条文", "同事的条文", "我的条文"),
        ("条款 2", "编号", "", "2"),
        ("条款 2", "条文", "", "我的第二条"),
    ]
    assert list(Clause.objects.values_list("number", "text")) == [("1", "同事的条文")]


def test_a_row_a_colleague_deleted_keeps_my_text_and_can_be_added_again(drawn, root, colleague):
    policy = make_policy()
    for number in "123":
        Clause.objects.create(policy=policy, number=number, text=f"第{number}条原文")
    url = change_url(policy)
    mine = root.form(url) | {"clauses-0-text": "我改的第一条", "clauses-2-text": "我改的第三条"}
    colleague.edit(policy, **{"clauses-0-DELETE": "on"})

    page = root.send(url, mine)
    response = root.send(url, form_of(page))

    assert ("条款 3", "整行", "（已被删除）", "（再保存一次会重新加上）") in shown(page)
    assert ("条款 2", "条文", "第3条原文", "我改的第三条") in shown(page)
    assert response.status_code == 302, errors_of(response)
    stored = Clause.objects.order_by("number").values_list("number", "text")
    assert list(stored) == [("1", "我改的第一条"), ("2", "第2条原文"), ("3", "我改的第三条")]


def test_a_row_a_colleague_added_is_shown_and_survives(root, colleague):
    policy = make_policy()
    url = change_url(policy)
    mine = root.form(url) | {"title": "我的标题"}
    colleague.edit(policy, **{"clauses-0-number": "9", "clauses-0-text": "同事的新条文"})

    page = root.send(url, mine)
    response = root.send(url, form_of(page))

    assert ("条款", "整行", "9，同事的新条文", "（您打开页面时还没有这一行，会保留）") in shown(page)
    assert response.status_code == 302, errors_of(response)
    assert list(policy.clauses.values_list("number", "text")) == [("9", "同事的新条文")]


def test_a_row_i_meant_to_delete_is_shown_with_its_new_text(root, colleague):
    policy = make_policy()
    Clause.objects.create(policy=policy, number="1", text="原文")
    url = change_url(policy)
    mine = root.form(url) | {"clauses-0-DELETE": "on"}
    colleague.edit(policy, **{"clauses-0-text": "同事的条文"})

    page = root.send(url, mine)

    assert ("条款 1", "整行", "1，同事的条文", "（删除）") in shown(page)
    assert root.send(url, form_of(page)).status_code == 302
    assert not policy.clauses.exists()


@pytest.mark.parametrize("kind", ["benefit", "point"])
def test_the_page_of_a_child_is_guarded_by_its_entry(root, colleague, kind):
    if kind == "benefit":
        child, model = make_benefit(), Benefit
    else:
        child, model = ServicePoint.objects.create(service=make_service(), name="旧名"), ServicePoint
    url = change_url(child)
    mine = root.form(url) | {"name": "我的名称"}
    colleague.edit(child, name="同事的名称")
    before = contents(model)

    response = root.send(url, mine)

    assert shown(response) == [("", str(model._meta.get_field("name").verbose_name), "同事的名称", "我的名称")]
    assert contents(model) == before
    assert root.send(url, form_of(response)).status_code == 302
    assert model.objects.get().name == "我的名称"


def test_a_child_page_and_its_entry_page_do_not_overwrite_each_other(root, colleague):
    benefit = make_benefit()
    url = change_url(benefit.policy)
    mine = root.form(url) | {"benefits-0-name": "政策页上的名称"}
    colleague.edit(benefit, name="待遇页上的名称")

    response = root.send(url, mine)

    assert shown(response) == [("待遇 1", "名称", "待遇页上的名称", "政策页上的名称")]


def read_before_somebody_saved(monkeypatch, row, **changes):
    """Let the next reading of a row see it as it was before a colleague's save that is already committed."""
    entry = getattr(row, row.parent_field) if hasattr(row, "parent_field") else row
    old = type(row).objects.select_related(*([row.parent_field] if entry is not row else [])).get(pk=row.pk)
    type(row).objects.filter(pk=row.pk).update(**changes)
    type(entry).objects.filter(pk=entry.pk).update(version=F("version") + 1)
    readings = iter([old])
    read = ModelAdmin.get_queryset

    def get_queryset(self, request):
        rows = read(self, request)
        if rows.model is type(row) and (first := next(readings, None)) is not None:
            rows._result_cache, rows._prefetch_done = [first], True
            rows.filter = rows.select_related = lambda *args, **options: rows
            rows.first = lambda: first
        return rows

    monkeypatch.setattr(ModelAdmin, "get_queryset", get_queryset)


@pytest.mark.parametrize("make", [make_policy, make_benefit])
def test_a_save_between_reading_and_writing_shows_the_differences(root, monkeypatch, make):
    row = make()
    label, field = ("标题", "title") if make is make_policy else ("名称", "name")
    url = change_url(row)
    mine = root.form(url) | {field: "我的"}
    read_before_somebody_saved(monkeypatch, row, **{field: "抢先的"})

    response = root.send(url, mine)

    assert response.status_code == 200
    assert shown(response) == [("", label, "抢先的", "我的")]
    assert list(type(row).objects.values_list(field, flat=True)) == ["抢先的"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite takes its write lock before it reads")
def test_a_save_committed_by_another_connection_meanwhile_shows_the_differences(root, monkeypatch):
    policy = make_policy()
    save_form, rivals = ModelAdmin.save_form, iter([True])

    def save_first():
        Policy.objects.filter(pk=policy.pk).update(title="抢先的", version=F("version") + 1)
        connections.close_all()

    def save_after_a_rival(self, request, form, change):
        if next(rivals, False):
            rival = Thread(target=save_first)
            rival.start()
            rival.join()
        return save_form(self, request, form, change)

    monkeypatch.setattr(ModelAdmin, "save_form", save_after_a_rival)
    response = root.edit(policy, title="我的")

    assert shown(response) == [("", "标题", "抢先的", "我的")]
    assert Policy.objects.values_list("title", "version").get() == ("抢先的", 2)
