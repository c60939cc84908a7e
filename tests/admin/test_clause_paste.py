"""A pasted text becomes clauses only after a preview; what was there keeps its identity, and nothing is lost to another's save."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from policies.models import Clause, Policy
from portal.publishing.models import Change, State
from portal.publishing.working_copy import apply_copy, open_copy
from portal.staff.models import Role
from tests.admin.browser import change_url, grant, messages_of, take_roles
from tests.factories import make_benefit, make_policy

pytestmark = pytest.mark.usefixtures("untold")

FULL = """关于印发办法的通知
各街道：

第一条 为解决住房，制定本办法。
第二条 本办法适用于人才。
第三条 租金优惠。"""


def paste(browser, policy, text=FULL, *, save=True, **values):
    url = reverse("admin:policies_policy_paste", args=[policy.pk])
    return browser.send(url, {"text": text, "version": policy.version, ("_save" if save else "_preview"): "1"} | values)


def fates(response):
    return [(row.clause.number, row.fate.value) for row in response.context_data["plan"].rows]


def sentences(response):
    return [sentence for found in response.context_data["form"].errors.values() for sentence in found]


@pytest.fixture
def policy(db):
    """With clauses 1 (the same as pasted), 2 (another text) and 9 (not pasted)."""
    policy = make_policy(slug="homes")
    for number, text in (("1", "为解决住房，制定本办法。"), ("2", "旧文"), ("9", "附则")):
        Clause.objects.create(policy=policy, number=number, position=int(number), text=text, text_en="English")
    return policy


def clauses(policy):
    return list(policy.clauses.values_list("number", "text"))


def test_a_preview_tells_what_will_happen_and_writes_nothing(root, policy):
    before = clauses(policy)

    response = paste(root, policy, save=False)

    assert fates(response) == [("1", "unchanged"), ("2", "changed"), ("3", "new"), ("9", "missing")]
    assert response.context_data["plan"].preamble == "关于印发办法的通知\n\n各街道："
    assert (clauses(policy), Policy.objects.get().version) == (before, 1)


def test_saving_keeps_uid_translation_and_benefit_of_a_number(root, policy):
    old = policy.clauses.get(number="2")
    benefit = make_benefit(policy=policy, clause=old)

    response = paste(root, policy)

    new = policy.clauses.get(number="2")
    assert response["Location"] == change_url(policy)
    assert messages_of(response) == ["条款已保存：共 4 条，新增 1，修改 1，不变 2，删去 0。"]
    assert (new.pk, new.uid, new.text, new.text_en) == (old.pk, old.uid, "本办法适用于人才。", "English")
    assert new.stale_translations() == ["text"]
    benefit.refresh_from_db()
    assert benefit.clause == new
    assert list(policy.clauses.values_list("number", "position")) == [("1", 1), ("2", 2), ("3", 3), ("9", 4)]


def test_clauses_that_were_not_pasted_go_only_when_asked(root, policy):
    make_benefit(policy=policy, clause=policy.clauses.get(number="9"), name="租金")

    preview = paste(root, policy, save=False)
    paste(root, policy, removing="on")

    assert preview.context_data["plan"].warnings == ["待遇“租金”写在第 9 条，删去这一条后它就不再指向条款。"]
    assert [number for number, _text in clauses(policy)] == ["1", "2", "3"]
    assert policy.benefits.get().clause is None


def test_saving_is_one_new_version(root, policy):
    paste(root, policy)

    policy.refresh_from_db()
    assert (policy.version, policy.updated_by) == (2, root.user)
    assert not Change.objects.filter(entry_uuid=policy.uuid).exists()


def test_a_public_text_is_pasted_into_its_working_copy_and_told_when_that_is_published(root):
    policy = make_policy(state=State.PUBLISHED)
    Clause.objects.create(policy=policy, number="2", position=2, text="旧文")
    Change.objects.all().delete()
    copy = open_copy(policy, by=root.user)

    refused = paste(root, policy)
    paste(root, copy)
    before = clauses(policy), Change.objects.exists()
    apply_copy(Policy.objects.get(pk=copy.pk), by=root.user)

    assert refused.status_code == 409
    assert before == ([("2", "旧文")], False)
    assert [number for number, _text in clauses(policy)] == ["1", "2", "3"]
    assert list(Change.objects.values_list("kind", "entry_uuid")) == [("published", policy.uuid)]


def test_the_text_before_the_first_clause_becomes_the_body_only_when_asked(root, policy):
    paste(root, policy)
    assert Policy.objects.get().body == ""
    policy.refresh_from_db()

    paste(root, policy, with_body="on")

    assert Policy.objects.get().body == "关于印发办法的通知\n\n各街道："


def test_a_stale_saving_writes_nothing_and_keeps_the_pasted_text(drawn, root, policy):
    root.edit(policy, title="别人的标题")
    before = clauses(policy)

    response = paste(root, policy)

    page = response.content.decode()
    assert response.context_data["is_stale"] is True
    assert (clauses(policy), Policy.objects.get().version) == (before, 2)
    assert "有人刚刚保存过这份政策" in page
    assert "第三条 租金优惠。" in page
    assert 'name="version" value="2"' in page
    policy.refresh_from_db()
    assert paste(root, policy).status_code == 302


@pytest.mark.parametrize("version", ["", "x", "0", "99999999999999"])
def test_an_odd_version_is_refused(root, policy, version):
    before = clauses(policy)

    response = paste(root, policy, version=version)

    assert (response.status_code, clauses(policy)) == (200, before)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "必填"),
        ("没有条文的通知", "没有找到条款"),
        ("第一条 甲\n第一条 乙", "第 1 条出现了 2 次"),
        ("第一条 " + "长" * 20_001, "20000"),
        ("第一条", "第 1 条的条文"),
        ("第一条 甲\u202e乙", "控制字符"),
        ("\n".join(f"第{number}条 文" for number in range(1, 302)), "最多 300 条"),
        ("第一章 " + "长" * 28 + "\n第一节 " + "长" * 28 + "\n" + "第一节 " + "长" * 28 + "\n第二节 " + "长" * 28 + "\n第一条 甲", "条标"),
        ("{{x}}\n第一条 甲", "双花括号"),
    ],
)  # fmt: skip
def test_a_text_that_cannot_be_saved_is_explained(root, policy, text, words):
    before = clauses(policy)

    response = paste(root, policy, text, with_body="on")

    assert response.status_code == 200
    assert any(words in sentence for sentence in sentences(response)), sentences(response)
    assert (clauses(policy), Policy.objects.get().version) == (before, 1)


def test_doubtful_texts_are_warned_of(root):
    policy = make_policy()
    Clause.objects.create(policy=policy, number="2", heading="范围", text="旧")

    response = paste(
        root, policy, "第一章 总则\n第一条 甲\n第二章 申请\n第二条 乙\n第五条 丙\n第四条 丁\n第五条之一 戊", save=False
    )

    assert response.context_data["plan"].warnings == [
        "编号不连续，缺第 3 条。如果原文就是这样可以继续，否则请核对原文。",
        "编号的先后与文字的先后不一致，保存时按编号排列。",
        "第 1 条前的“第一章 总则”是章节标题，会写在这一条的条标里。",
        "第 2 条前的章节标题“第二章 申请”不写入：这一条已有条标。",
    ]
    assert [number for number, _fate in fates(response)] == ["1", "2", "4", "5", "5-1"]


def test_only_editors_of_the_policy_paste(editor, qijiang, xiushan):
    own, other = make_policy(region=qijiang), make_policy(region=xiushan)

    assert paste(editor, other).status_code == 404
    take_roles(editor.user)
    grant(editor.user, Role.REVIEWER, qijiang)
    assert paste(editor, own).status_code == 403
    assert Clause.objects.count() == 0


def test_the_page_of_the_policy_leads_there(drawn, root, policy):
    link = reverse("admin:policies_policy_paste", args=[policy.pk])

    assert f'href="{link}"' in root.get(change_url(policy)).content.decode()
    assert "先不保存" in root.get(link).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_preview_queries(drawn, root, django_assert_num_queries, rows):
    ContentType.objects.get_for_model(Policy)
    policy = make_policy()
    text = "\n".join(f"第{number}条 文" for number in range(1, rows + 1))
    for number in range(rows):
        Clause.objects.create(policy=policy, number=str(number + 7), text="旧")

    with django_assert_num_queries(7):
        paste(root, policy, text, save=False)
