"""What the site says of itself: entered in the admin, else from the environment, else not at all."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from portal.publishing.lifecycle import StaleVersionError
from portal.publishing.models.change import content_version
from portal.publishing.site_settings import save_site_settings, stored_settings
from portal.staff.models import SiteSettings, User
from portal.staff.site_items import missing_items
from tests.admin.browser import Browser, make_editor

pytestmark = pytest.mark.django_db
URL = "/admin/staff/sitesettings/1/change/"


@pytest.fixture
def root():
    return Browser(User.objects.create_superuser("root", "", "secret", display_name="管理员"))


def enter(**items):
    row = stored_settings()
    for item, value in items.items():
        setattr(row, item, value)
    save_site_settings(row, by=None, expected_version=row.version)


def footer(path="/"):
    page = Client().get(path).content.decode()
    return page[page.index('<ul class="imprint">') :]


def test_a_change_shows_on_the_next_page_and_ends_the_old_etag(client):
    before = client.get("/")
    enter(name="綦江人才", organiser="区人才办")

    after = client.get("/", headers={"if-none-match": before["ETag"]})

    assert (before.status_code, after.status_code) == (200, 200)
    assert '<meta name="SiteName" content="綦江人才">' in after.content.decode()
    assert "主办单位 区人才办" in after.content.decode()
    assert client.get("/", headers={"if-none-match": after["ETag"]}).status_code == 304


def test_items_override_the_environment_one_by_one(settings):
    settings.SITE_ORGANISER, settings.SITE_ICP = "环境单位", "渝ICP备1号"
    enter(organiser="区人才办")

    shown = footer()

    assert "主办单位 区人才办" in shown
    assert "备案号 渝ICP备1号" in shown
    assert "环境单位" not in shown


def test_what_is_given_nowhere_has_no_label():
    shown = footer()

    assert [label in shown for label in ("主办单位", "联系方式", "网站标识码", "备案号", "公网安备")] == [False] * 5


def test_the_english_footer_has_the_english_items():
    enter(
        name="綦江人才",
        name_en="Qijiang Talent",
        organiser="区人才办",
        organiser_en="Talent Office",
        contact="电话1",
        contact_en="Call 1",
    )

    shown = footer("/en/")

    assert "Talent Office" in shown
    assert "Call 1" in shown
    assert "— Qijiang Talent</title>" in Client().get("/en/policies/").content.decode()


def test_english_falls_back_to_chinese_marked_as_such():
    enter(contact="綦江区某路")

    assert '<span lang="zh-Hans">綦江区某路</span>' in footer("/en/")


def test_they_come_with_the_content_version_in_one_query(django_assert_num_queries):
    enter(name="綦江'\"\\人才", icp="a")

    with django_assert_num_queries(1):
        found = content_version().site_items

    assert found == {
        "name": "綦江'\"\\人才", "name_en": "", "organiser": "", "organiser_en": "", "contact": "", "contact_en": "",
        "id_code": "", "icp": "a", "police_record": "",
    }  # fmt: skip


def test_an_error_without_a_content_version_shows_the_environment_s(django_assert_num_queries):
    enter(name="綦江人才")

    with django_assert_num_queries(0):
        page = Client().post("/policies/").content.decode()
    assert "— 人才政策与服务</title>" in page
    assert "— 綦江人才</title>" in Client().get("/no-such-page/").content.decode()


def test_a_superuser_enters_them(root):
    answer = root.send(URL, root.form(URL) | {"name": "綦江人才", "id_code": "5001100001"})

    assert (answer.status_code, answer["Location"]) == (302, "/admin/staff/sitesettings/")
    assert SiteSettings.objects.values_list("pk", "name", "id_code", "version", "updated_by__username").get() == (
        1, "綦江人才", "5001100001", 1, "root"
    )  # fmt: skip


def test_list_and_add_lead_to_the_one_page(root):
    answers = [root.get("/admin/staff/sitesettings/"), root.get("/admin/staff/sitesettings/add/")]

    assert [answer["Location"] for answer in answers] == [URL, URL]
    assert root.send("/admin/staff/sitesettings/1/delete/", {"post": "yes"}).status_code == 403
    assert root.get("/admin/staff/sitesettings/2/change/").status_code == 302


@pytest.mark.parametrize("path", ["", "add/", "1/change/", "1/delete/", "1/history/"])
def test_only_superusers_reach_them(path):
    editor = Browser(make_editor())
    url = f"/admin/staff/sitesettings/{path}"

    assert [editor.get(url).status_code, editor.send(url, {"name": "x", "version": "0"}).status_code] == [403, 403]
    assert not SiteSettings.objects.exists()


@pytest.mark.parametrize("first", [{}, {"name": "旧名"}], ids=["nothing entered yet", "entered before"])
def test_two_people_do_not_overwrite_each_other(root, first):
    if first:
        enter(**first)
    data = root.form(URL) | {"name": "我的名字"}
    enter(name="别人的名字")

    answer = root.send(URL, data)
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "您的修改还没有保存" in page
    assert "<td>别人的名字</td><td>我的名字</td>" in page
    assert SiteSettings.objects.get().name == "别人的名字"


def test_saving_again_after_reading_the_difference_is_a_decision(root):
    data = root.form(URL) | {"name": "我的名字"}
    enter(name="别人的名字")
    data["version"] = "1"

    assert root.send(URL, data).status_code == 302
    assert SiteSettings.objects.get().name == "我的名字"


def test_a_stale_version_is_refused_below_the_form_too():
    enter(name="一")
    row = SiteSettings.objects.get()

    with pytest.raises(StaleVersionError):
        save_site_settings(row, by=None, expected_version=0)
    assert SiteSettings.objects.get().version == 1


@pytest.mark.parametrize(
    ("item", "value", "sentence"),
    [
        ("name", "a\u202eb", "不可见的控制字符"),
        ("organiser", "a\0b", "不可见的控制字符"),
        ("contact", "a\nb", "这里只能写一行"),
        ("id_code", "123", "十位数字"),
        ("id_code", "１２３４５６７８９０", "十位数字"),
        ("name", "长" * 61, "60"),
        ("version", "x", "版本号缺失或不对"),
        ("version", "-1", "版本号缺失或不对"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(root, item, value, sentence):
    answer = root.send(URL, root.form(URL) | {item: value})

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not SiteSettings.objects.exists()


def test_what_is_missing_is_named(settings):
    assert missing_items({}) == ["主办单位", "英文主办单位", "联系方式", "网站标识码", "ICP 备案号", "公安备案号"]
    assert missing_items({"name": "綦江人才"})[0] == "英文网站名称"
    settings.SITE_CONTACT = "1"
    everything = dict.fromkeys(["name", "name_en", "organiser", "organiser_en", "id_code", "icp", "police_record"], "x")
    assert missing_items(everything) == []


def test_superusers_are_warned_with_a_link(root):
    index = root.get("/admin/").content.decode()

    assert "这些信息还没有填写，读者看不到：主办单位、英文主办单位" in index
    assert f'href="{URL}"' in index
    assert "这些信息还没有填写" in root.get(URL).content.decode()
    assert "这些信息还没有填写" not in Browser(make_editor()).get("/admin/").content.decode()


def test_there_is_one_row():
    enter(name="一")

    with pytest.raises(IntegrityError), transaction.atomic():
        SiteSettings.objects.bulk_create([SiteSettings(pk=2)])
