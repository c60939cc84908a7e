"""The first page leads to what people came for; the guide is inside; a page names no table."""

import re

import pytest
from django.urls import reverse

from portal.staff.models import User
from portal.staff.views.guide import guide_sections
from tests.admin.browser import Browser, delete_url, make_editor, take_roles
from tests.factories import make_figure, make_policy, make_region, make_topic

pytestmark = pytest.mark.usefixtures("drawn")
AUDIT, UPLOAD, GUIDE = "/admin/regions/figure/audit/", "/admin/regions/photo/upload/", "/admin/guide/"
SITE, INVITE = "/admin/staff/sitesettings/1/change/", "/admin/staff/user/add/"


def tasks_of(person):
    html = person.get(reverse("admin:index")).content.decode()
    return re.findall(r'href="([^"]+)"', re.search(r'<nav class="tasks".*?</nav>', html, re.DOTALL)[0])


def test_an_editor_finds_the_tasks_of_an_editor(qijiang):
    assert tasks_of(Browser(make_editor(qijiang))) == [
        "/admin/policies/policy/add/", "/admin/regions/figure/add/", AUDIT, UPLOAD, "/admin/regions/story/add/", GUIDE,
    ]  # fmt: skip


def test_an_administrator_finds_people_and_the_site(administrator):
    assert tasks_of(administrator) == [AUDIT, INVITE, SITE, GUIDE]


def test_whoever_may_do_nothing_finds_the_guide(qijiang):
    user = make_editor(qijiang)
    take_roles(user)

    assert tasks_of(Browser(user)) == [GUIDE]


def test_the_guide_is_whole_and_every_part_can_be_reached(editor, settings):
    page = editor.get(GUIDE).content.decode()
    text = (settings.BASE_DIR / "docs" / "editors-guide.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)

    assert re.findall(r'<h2 id="part-\d+">(.+)</h2>', page) == headings
    assert re.findall(r'<a href="#(part-\d+)">', page) == re.findall(r'<h2 id="(part-\d+)">', page)
    assert len(re.findall("<h3>", page)) == len(re.findall(r"^### ", text, re.MULTILINE))
    assert "{{figure:" in page
    assert "数据自查" in page


def test_the_guide_begins_below_its_title():
    assert (guide_sections()[0].heading, "<h3>" in guide_sections()[0].html) == ("", False)


def test_every_page_of_the_admin_leads_to_the_guide(editor):
    assert f'href="{GUIDE}"' in editor.get("/admin/policies/policy/").content.decode()


def test_nobody_reads_the_guide_without_signing_in(client):
    assert client.get(GUIDE).status_code == 302


def test_an_english_editor_is_told_that_the_guide_is_chinese(editor):
    User.objects.update(language="en")

    assert '<div class="guide" lang="zh-Hans">' in editor.get(GUIDE).content.decode()


def test_people_are_greeted_by_their_name(qijiang):
    page = Browser(make_editor(qijiang, display_name="綦江编辑")).get(reverse("admin:index")).content.decode()

    assert "欢迎，綦江编辑" in page


def test_deleting_names_what_people_wrote_only(root):
    policy = make_policy(region=make_region(), topics=[make_topic()], figures=[make_figure()])

    page = root.get(delete_url(policy)).content.decode()

    assert "object (" not in page
    assert "关系: " not in page


def test_a_page_with_mistakes_says_so_in_the_language_of_the_page(editor):
    page = editor.send("/admin/regions/source/add/", {}).content.decode()

    assert "<title>有错误：增加 来源" in page.replace("\n", "")
