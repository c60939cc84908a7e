"""Pages that a strict content security policy lets work, and the accounts behind them."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from policies.models import Policy
from portal.publishing.models import AuditEntry
from portal.search.models import Synonym, Unanswered
from portal.staff.models import Role, SiteSettings, User
from tests.admin.browser import Browser, add_url, change_url, delete_url, list_url, make_person
from tests.factories import MAKERS, make_policy, make_region, make_source

INLINE = re.compile(r"""\sstyle\s*=|<style|\son[a-z]+\s*=\s*["']|<script(?![^>]*\ssrc=)|javascript:""", re.IGNORECASE)

pytestmark = pytest.mark.usefixtures("untold", "drawn")


def is_safe(response):
    html = response.content.decode()
    return (response.status_code, INLINE.findall(html))


@pytest.mark.parametrize(
    "model",
    [model for model in admin.site._registry if model not in {SiteSettings, AuditEntry, Unanswered}],
    ids=lambda model: model._meta.model_name,
)
def test_pages_hold_nothing_inline_and_are_never_cached(root, administrator, model):
    made = {User: lambda: root.user, Synonym: Synonym.objects.first}
    row = made[model]() if model in made else MAKERS.get(model, lambda **_fields: None)(state="draft")
    person = administrator if model in made else root
    urls = [list_url(model), add_url(model), *([change_url(row), delete_url(row)] if row else [])]

    answers = [person.get(url) for url in urls]

    assert [is_safe(answer) for answer in answers] == [(200, [])] * len(urls)
    assert all("no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"] for answer in answers)
    assert all("'unsafe" not in answer["Content-Security-Policy"] for answer in answers)


def test_the_other_pages_hold_nothing_inline(root, administrator, client):
    answers = [root.get(reverse(f"admin:{name}")) for name in ("index", "password_change")]
    answers += [root.get(reverse("admin:app_list", args=["policies"])), client.get(reverse("admin:login"))]
    answers += [root.get(reverse("admin:policies_policy_history", args=[make_policy().pk]))]
    answers += [administrator.get(url) for url in (reverse("me"), reverse("admin:staff_sitesettings_change", args=[1]))]
    answers += [root.get(list_url(Unanswered))]
    answers += [client.get(f"/admin/{path}/") for path in ("reset", "reset/sent", "reset/done", "reset/x/y", "invitation/x/y")]

    assert [is_safe(answer) for answer in answers] == [(200, [])] * 13


def test_stored_markup_is_shown_as_text(root):
    canary = '"><svg/onload=alert(1)>'
    policy = make_policy(title=canary, summary=canary, change_note=canary)
    root.user.display_name = canary
    root.user.save()

    pages = [root.get(url) for url in (list_url(Policy), change_url(policy), delete_url(policy))]
    pages.append(root.edit(policy, title=canary + "2", version="9"))

    assert [canary in page.content.decode() for page in pages] == [False] * 4


def test_the_menu_puts_content_first_and_in_working_order(administrator):
    apps = administrator.get(reverse("admin:index")).context_data["available_apps"]

    assert [app["app_label"] for app in apps] == ["policies", "regions", "staff", "search", "publishing"]
    assert [entry["object_name"] for entry in apps[0]["models"]] == [
        "Policy",
        "Benefit",
        "Service",
        "ServicePoint",
        "Programme",
    ]
    assert [entry["object_name"] for entry in apps[1]["models"]][:4] == ["Figure", "Photo", "Story", "Event"]


def test_every_admin_sets_what_a_list_needs():
    for model, model_admin in admin.site._registry.items():
        assert len(model_admin.list_display) <= 8, model
        assert model_admin.search_fields, model
        assert model_admin.ordering, model
        assert not model_admin.list_editable, model
        if model._meta.app_label in {"regions", "policies"}:
            relations = {
                field.name for field in (*model._meta.fields, *model._meta.many_to_many) if field.is_relation and field.editable
            }
            shown = {name for name in relations if getattr(model._meta.get_field(name).remote_field, "through", None) is None} | {
                "x"
            } - {"x"}
            assert shown - {"clause"} <= set(model_admin.autocomplete_fields), model
            assert model_admin.list_filter, model
            assert model_admin.list_select_related, model


def test_there_is_no_address_that_leads_to_any_row():
    names = {url.name for url in admin.site.get_urls() if hasattr(url, "name")}

    assert "view_on_site" not in names


@pytest.mark.parametrize("page", ["list", "add", "change", "delete", "password"])
def test_only_administrators_reach_accounts(qijiang, administrator, page):
    user = make_person("editor", *Role)
    urls = {
        "list": list_url(User), "add": add_url(User), "change": change_url(user), "delete": delete_url(administrator.user),
        "password": reverse("admin:auth_user_password_change", args=[administrator.user.pk]),
    }  # fmt: skip
    editor = Browser(user)

    assert editor.get(urls[page]).status_code == 403
    assert editor.send(urls[page], {"is_superuser": "on", "username": "x", "password1": "y", "post": "yes"}).status_code == 403
    assert list(User.objects.order_by("username").values_list("username", "is_superuser")) == [
        ("administrator", True), ("editor", False),
    ]  # fmt: skip


def test_an_administrator_adds_staff_of_a_region(administrator):
    region = make_region()
    roles = {"grants-0-role": "editor", "grants-0-region": region.pk, "grants-1-role": "", "grants-TOTAL_FORMS": "1"}

    response = administrator.add(User, username="li", display_name="綦江编辑", **roles)

    li = User.objects.get(username="li")
    assert response.status_code == 200
    assert (li.display_name, li.is_staff, li.is_superuser) == ("綦江编辑", True, False)
    assert list(li.grants.values_list("role", "region", "until", "granted_by")) == [
        ("editor", region.pk, None, administrator.user.pk)
    ]
    assert administrator.edit(li, language="en").status_code == 302


def test_the_admin_speaks_the_language_of_its_user(root):
    User.objects.update(language="en")

    assert '<html lang="en"' in root.get(reverse("admin:index")).content.decode()


def test_a_form_warns_of_nothing_when_nobody_else_saved(root):
    assert "differences" not in root.get(change_url(make_source())).context_data
