"""The search box of the admin's lists, synonyms, and what readers did not find."""

import datetime

import pytest
from django.utils import timezone

from policies.models import Policy
from portal.publishing.models import AuditEntry, State
from portal.publishing.pruning import tidy_once_a_day
from portal.search.models import Synonym, Unanswered
from portal.search.unanswered import MOST_A_DAY, countable
from portal.staff.models import User
from tests import factories as make
from tests.admin.browser import Browser, make_editor

pytestmark = pytest.mark.django_db
SYNONYMS, REPORT = "/admin/search/synonym/", "/admin/search/unanswered/"


def listed(browser, text, address="/admin/policies/policy/"):
    return {row.slug for row in browser.get(address, q=text).context["cl"].result_list}


@pytest.fixture
def administrator():
    return Browser(User.objects.create_superuser("administrator", "", "secret"))


def test_the_box_finds_public_entries_by_the_index_and_drafts_by_their_words(administrator):
    number = {"doc_number_status": "given", "doc_code": "綦江府发", "doc_year": 2021}
    make.make_policy(slug="public", title="人才公寓（试行）办法", summary="租金减半。", topics=[])
    make.make_policy(
        slug="draft", title="人才公寓（修订）办法", summary="租金减半。", topics=[], state=State.DRAFT, **number, doc_seq=7
    )
    make.make_policy(slug="other", title="无关", topics=[], state=State.DRAFT, **number, doc_seq=8)

    asked = {
        "人才公寓": {"public", "draft"},
        "租金 公寓": {"public"},
        "rcgy": {"public"},
        "人才公寓(修订)": {"draft"},
        "人纔公寓 辦法": {"public", "draft"},
        "綦江府发[2021]7号": {"draft"},
        "綦江府发〔2021〕 7 号": {"draft"},
        "DRAFT": {"draft"},
        "没有的词": set(),
    }
    assert {text: listed(administrator, text) for text in asked} == asked
    assert listed(administrator, " ") == {"public", "draft", "other"}


def test_everybody_finds_what_they_may_see_only():
    here, elsewhere = make.make_region(), make.make_region("xiushan")
    for region in (here, elsewhere):
        for state in (State.DRAFT, State.PUBLISHED):
            make.make_policy(slug=f"{region.slug}-{state}", title="人才公寓办法", topics=[], region=region, state=state)

    assert listed(Browser(make_editor(here)), "人才公寓") == {"qijiang-draft", "qijiang-published"}


@pytest.mark.parametrize(
    "text",
    ['"', "%", "_", "*", "'", "\\", "NEAR(", "。", "a" * 5000, "公寓 " * 200, "\ud800", "\U00020000", "99999999999999999999号"],
)
def test_any_text_may_be_looked_for(administrator, text):
    encoded = text.encode("utf-8", "surrogatepass")
    for address in ("/admin/policies/policy/", "/admin/policies/benefit/", SYNONYMS, REPORT):
        assert administrator.get(address, q=encoded).status_code == 200


def test_a_synonym_counts_at_once_and_is_told_in_the_log(administrator, client):
    make.make_policy(slug="flat", title="人才公寓办法", topics=[])
    before = client.get("/search/?q=宿舍楼").context["total"]
    etag = client.get("/policies/")["ETag"]

    page = administrator.send(
        f"{SYNONYMS}add/", {"term": "宿舍楼", "equivalents": "公寓、安居房", "both_ways": "on", "is_active": "on"}
    )
    found = client.get("/search/?q=宿舍楼")
    row = Synonym.objects.get(term="宿舍楼")
    told = AuditEntry.objects.get(action="synonym_saved")
    assert (page.status_code, before, found.context["total"]) == (302, 0, 1)
    assert client.get("/policies/")["ETag"] != etag
    assert (told.entry_title, told.after["equivalents"]) == ("宿舍楼", "公寓、安居房")
    assert told.actor_name == administrator.user.username

    administrator.send(f"{SYNONYMS}{row.pk}/change/", {"term": "宿舍楼", "equivalents": "公寓、安居房"})
    assert client.get("/search/?q=宿舍楼").context["total"] == 0
    assert AuditEntry.objects.filter(action="synonym_saved").latest("number").before == {"both_ways": True, "is_active": True}

    administrator.send(SYNONYMS, {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    assert not Synonym.objects.filter(pk=row.pk).exists()
    assert AuditEntry.objects.filter(action="synonym_deleted", entry_title="宿舍楼").count() == 1


@pytest.mark.parametrize(
    ("term", "equivalents", "sentence"),
    [
        ("宿", "公寓", "一个字太短"), ("宿舍楼", "寓", "一个字太短"), ("宿舍楼", "、", "请写 1 到 12 个同义词"), ("宿舍楼", "宿舍楼", "不要再写这个词本身"),
        ("宿舍楼", "、".join(f"词语{n}" for n in range(13)), "请写 1 到 12 个同义词"), ("", "公寓", "必填"), ("长" * 41, "公寓", "最多 40 个字"),
    ],
)  # fmt: skip
def test_a_wrong_synonym_is_refused_with_a_sentence(administrator, term, equivalents, sentence):
    page = administrator.send(f"{SYNONYMS}add/", {"term": term, "equivalents": equivalents, "is_active": "on"})

    assert (page.status_code, sentence in page.content.decode()) == (200, True)
    assert not Synonym.objects.filter(term=term).exists()


def test_synonyms_belong_to_administrators_and_the_report_to_all_staff(administrator):
    Unanswered.objects.create(day=timezone.localdate(), words="宿舍楼", times=3)
    editor = Browser(make_editor(make.make_region()))

    assert [editor.get(address).status_code for address in (SYNONYMS, f"{SYNONYMS}add/", REPORT)] == [403, 403, 200]
    assert "添加“宿舍楼”的同义词" not in editor.get(REPORT).content.decode()
    page = administrator.get(REPORT).content.decode()
    assert f'<a href="{SYNONYMS}add/?term=%E5%AE%BF%E8%88%8D%E6%A5%BC">添加“宿舍楼”的同义词</a>' in page
    assert 'value="宿舍楼"' in administrator.get(f"{SYNONYMS}add/?term=宿舍楼").content.decode()


def test_what_is_not_found_is_counted_by_day_and_words_only(client):
    make.make_policy(title="人才公寓办法", topics=[])
    for text in ("宿舍楼", " 宿舍楼 ", "宿舍樓", "人才公寓", "的", "", "龘"):
        client.get("/search/", {"q": text})
    client.get("/search/?q=宿舍楼&type=policies")
    client.head("/search/?q=宿舍楼")
    client.get("/api/v1/search/?q=宿舍楼")
    response = client.get("/search/?q=宿舍楼", headers={"Cookie": "a=b", "User-Agent": "x"})

    assert list(Unanswered.objects.values("day", "words", "times")) == [
        {"day": timezone.localdate(), "words": "宿舍楼", "times": 4}
    ]
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "text", ["13800138000", "张三 138 0013 8000", "500110199001011234", "50011019900101123x", "023-4866-1234", "a@b.cn", "字", "词" * 41, "！！"]
)  # fmt: skip
def test_what_may_tell_of_a_person_is_not_counted(text):
    assert countable(text) == ""
    assert countable("渝府发〔2021〕12号") == "渝府发〔2021〕12号"


def test_counts_are_kept_for_ninety_days():
    today = timezone.localdate()
    for days in (0, 90, 91, 400):
        Unanswered.objects.create(day=today - datetime.timedelta(days=days), words="宿舍楼")

    tidy_once_a_day()

    assert sorted((today - row.day).days for row in Unanswered.objects.all()) == [0, 90]


def test_a_day_holds_so_many_different_words_and_no_more(client):
    today = timezone.localdate()
    Unanswered.objects.bulk_create(Unanswered(day=today, words=f"词{number}") for number in range(MOST_A_DAY - 1))
    for text in ("甲甲", "乙乙", "甲甲"):
        client.get("/search/", {"q": text})

    assert Unanswered.objects.count() == MOST_A_DAY
    assert list(Unanswered.objects.filter(times=2).values_list("words", flat=True)) == ["甲甲"]


def test_the_list_asks_no_more_for_more_rows(administrator, django_assert_num_queries):
    found = {}
    for rows in (1, 3):
        while Policy.objects.count() < rows:
            make.make_policy(title="人才公寓办法", topics=[])
        listed(administrator, "人才公寓")
        with django_assert_num_queries(11):
            found[rows] = len(listed(administrator, "人才公寓"))

    assert found == {1: 1, 3: 3}
