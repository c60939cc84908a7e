"""Links for people without an account: one text, a week, and nothing but reading."""

import datetime
import logging

import pytest
import time_machine
from django.core.signing import Signer
from django.test import Client, RequestFactory
from django.utils import timezone

from policies.models import Clause, Policy
from portal.publishing.models import AuditEntry, PreviewLink, State
from portal.publishing.preview_links import address_of, make_link, token_of
from portal.publishing.workflow import RefusedError, submit
from portal.publishing.working_copy import apply_copy, discard_copy, open_copy
from portal.staff.log_filter import LinksFilter
from portal.staff.models import Role, RoleGrant, User
from tests import factories as make
from tests.admin.browser import Browser, make_person, messages_of
from tests.preview.reading import address, everything
from tests.publishing.test_working_copy import edit
from tests.test_surfaces import picture

pytestmark = pytest.mark.django_db
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def qijiang(db):
    return make.make_region("qijiang")


@pytest.fixture
def author(qijiang):
    return make_person("author", Role.EDITOR, region=qijiang)


@pytest.fixture
def draft(qijiang, author):
    policy = make.make_policy(state=State.DRAFT, region=qijiang, title="未公开的标题", slug="secret-name")
    Policy.objects.filter(pk=policy.pk).update(created_by=author)
    return Policy.objects.get(pk=policy.pk)


@pytest.fixture
def link(draft, author):
    return make_link(draft, by=author)


@pytest.fixture(autouse=True)
def uncounted(settings):
    """Each test is a visitor of its own."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(timezone.now())}}


def path_of(link):
    return f"/preview/{token_of(link)}/"


def status(link):
    return Client().get(path_of(link)).status_code


def ended(link, language="zh-hans"):
    """The sentence of a link that opens nothing; the draft is not in it."""
    response = Client().get(path_of(link), {"lang": language})
    text = response.content.decode()
    assert response.status_code == 410
    assert not [word for word in ("未公开的标题", "secret-name", "改过的标题", token_of(link)) if word in text]
    return text.split('<p class="lead">')[1].split("</p>")[0]


def test_a_link_shows_the_draft_in_both_languages_and_leaves_nothing(client, link):
    before = everything()

    for language, expected in (("zh-hans", "zh-Hans"), ("en", "en"), ("xx", "zh-Hans")):
        response = client.get(path_of(link), {"lang": language})
        text = response.content.decode()
        assert (response.status_code, response["Content-Language"]) == (200, expected)
        assert ("未公开的标题" in text, f'<html lang="{expected}">' in text, text.count('<span data-mark="草稿"></span>')) == (
            True,
            True,
            24,
        )

    assert everything() == before


def test_the_headers_of_a_link(client, link):
    response = client.get(path_of(link))

    assert {
        name: response.get(name) for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy", "X-Frame-Options", "ETag")
    } == {
        "Cache-Control": "private, no-store",
        "X-Robots-Tag": "noindex, nofollow",
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
        "ETag": None,
    }
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response.cookies == {}
    assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()
    assert "<base" not in response.content.decode()


def test_refusals_are_kept_nowhere_either(client, link):
    for path in ("/preview/nonsense/", "/preview/nonsense", f"{path_of(link)}files/nothing.webp"):
        response = client.get(path)
        assert (response["Cache-Control"], response["Referrer-Policy"]) == ("private, no-store", "no-referrer"), path


def test_a_link_is_only_read(client, link):
    client.handler.enforce_csrf_checks = True

    assert client.head(path_of(link)).status_code == 200
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(path_of(link)).status_code == 405


def test_a_link_lives_a_week():
    start = datetime.datetime(2026, 3, 1, 4, 0, tzinfo=datetime.UTC)
    with time_machine.travel(start, tick=False):
        author = make_person("author", Role.EDITOR, region=make.make_region("qijiang"))
        link = make_link(make.make_policy(state=State.DRAFT), by=author)

    with time_machine.travel(start + datetime.timedelta(days=7) - SECOND, tick=False):
        assert status(link) == 200
    with time_machine.travel(start + datetime.timedelta(days=7), tick=False):
        assert "过期" in ended(link)


def test_a_changed_text_is_not_shown(link, draft):
    edit(draft, title="改过的标题")

    assert "又改过" in ended(link)


def test_a_changed_row_is_a_changed_text(link, draft):
    Clause.objects.create(policy=draft, number="1", text="新的一条")

    assert "又改过" in ended(link)


def test_handing_in_changes_no_text(link, draft, author):
    submit([draft], by=author)

    assert status(link) == 200


def test_a_published_text_is_read_at_its_own_address(link, draft):
    edit(draft, state=State.PUBLISHED)

    assert "发布" in ended_published(link)


def ended_published(link):
    response = Client().get(path_of(link))
    assert response.status_code == 410
    return response.content.decode()


def test_the_link_to_a_working_copy_ends_with_it(author, qijiang):
    live = make.make_policy(region=qijiang, title="公开的标题")
    copies = [edit(open_copy(live, by=author), title="改过的标题")]
    first = make_link(copies[0], by=author)
    assert "改过的标题" in Client().get(path_of(first)).content.decode()
    discard_copy(copies[0])
    copy = edit(open_copy(live, by=author), title="改过的标题")
    second = make_link(copy, by=author)
    apply_copy(copy, by=author)

    assert "不在了" in ended(first)
    assert Client().get(path_of(second)).status_code == 410


def test_a_deleted_draft_is_gone(link, draft):
    draft.delete()

    assert "不在了" in ended(link)


def test_a_link_ends_with_the_role_of_its_maker(link, author):
    RoleGrant.objects.filter(user=author).update(until=timezone.localdate() - datetime.timedelta(days=1))
    assert "不负责" in ended(link)


@pytest.mark.parametrize("change", [{"is_active": False}, None])
def test_a_link_ends_with_the_account_of_its_maker(link, author, change):
    User.objects.filter(pk=author.pk).update(**change) if change else author.delete()

    assert "不负责" in ended(link)


def test_a_forged_token_is_unknown(client, link, draft, author):
    token = token_of(link)
    other = token_of(make_link(make.make_policy(state=State.DRAFT, region=draft.region), by=author))
    forged = [
        token[:-1], f"{token}a", token[1:], token.swapcase(), link.public_id, f"{link.public_id}.", f".{token.split('.')[1]}",
        f"{link.public_id}.{other.split('.')[1]}", f"{other.split('.')[0]}.{token.split('.')[1]}", str(link.pk), token[:32],
        Signer(sep=".").sign(link.public_id), Signer(salt="portal.publishing.preview_links", sep=":").sign(link.public_id),
        Signer(key="x" * 60, salt="portal.publishing.preview_links", sep=".").sign(link.public_id), "é" * 40, "\ud800", "%00",
    ]  # fmt: skip

    assert {
        one: client.get(f"/preview/{one}/".encode(errors="surrogatepass")).status_code
        if isinstance(one, bytes)
        else client.get(f"/preview/{one.encode(errors='replace').decode()}/").status_code
        for one in forged
    } == dict.fromkeys(forged, 404)


def test_a_link_to_one_draft_opens_no_other(client, draft, author):
    """Another entry's token opens the other entry; its files are not those of this one."""
    photos = [make.make_photo(state=State.DRAFT, region=draft.region, **picture(shade)) for shade in (80, 160)]
    links = [make_link(photo, by=author) for photo in photos]
    names = [f"{photo.sha256[:24]}-320.webp" for photo in photos]

    found = {(a, b): client.get(f"{path_of(links[a])}files/{names[b]}") for a in (0, 1) for b in (0, 1)}

    assert {pair: answer.status_code for pair, answer in found.items()} == {(0, 0): 200, (0, 1): 404, (1, 0): 404, (1, 1): 200}
    assert {found[pair].getvalue()[:4] for pair in ((0, 0), (1, 1))} == {b"RIFF"}
    assert found[0, 0]["Cache-Control"] == "private, no-store"
    assert sorted(found[0, 0]["Content-Security-Policy"].split("; ")) == ["default-src 'none'", "sandbox"]
    assert f"{path_of(links[0])}files/{names[0]}" in client.get(path_of(links[0])).content.decode()


def test_the_files_of_an_ended_link_are_gone(client, author, qijiang):
    photo = make.make_photo(state=State.DRAFT, region=qijiang, **picture(80))
    link = make_link(photo, by=author)
    PreviewLink.objects.update(revoked_at=timezone.now())

    assert client.get(f"{path_of(link)}files/{photo.sha256[:24]}-320.webp").status_code == 410


def test_a_visitor_who_asks_too_often_waits(client, link):
    answers = [client.get(path_of(link)) for _ in range(31)]

    assert {answer.status_code for answer in answers[:30]} == {200}
    assert (answers[30].status_code, answers[30]["Retry-After"]) == (429, "60")
    assert "未公开的标题" not in answers[30].content.decode()
    assert client.get(path_of(link), REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_link_is_not_a_way_to_other_drafts(client, link, draft, author):
    """A draft shows no other draft, also not those handed in with it."""
    indicator = make.make_indicator(state=State.DRAFT, region=draft.region)
    figure = make.make_figure(state=State.DRAFT, region=draft.region, indicator=indicator)
    submit([indicator, figure], by=author)

    response = client.get(path_of(make_link(figure, by=author)))

    assert response.status_code == 410


def test_no_token_reaches_the_log(link):
    path = path_of(link)
    record = logging.makeLogRecord({"msg": "Gone: %s", "args": (path,), "request": RequestFactory().get(path)})

    LinksFilter().filter(record)

    assert token_of(link) not in f"{record.getMessage()}{record.request!r}"
    assert link.public_id not in f"{record.getMessage()}{record.request!r}"
    kept = logging.makeLogRecord({"msg": "Not Found: %s", "args": ("/admin/policies/policy/1/preview/page/",)})
    LinksFilter().filter(kept)
    assert kept.getMessage() == "Not Found: /admin/policies/policy/1/preview/page/"


def test_staff_make_list_and_revoke_links(client, draft, author, qijiang):
    browser, page = Browser(author), address(draft, "links")
    assert browser.send(page, {}).status_code == 302
    link = PreviewLink.objects.get()

    shown = browser.get(page).content.decode()
    assert address_of(link) in shown
    assert client.get(address_of(link).removeprefix("http://127.0.0.1:8000")).status_code == 200

    colleague = Browser(make_person("colleague", Role.REVIEWER, region=qijiang))
    seen = colleague.get(page).content.decode()
    assert (token_of(link) in seen, str(author) in seen) == (False, True)
    assert colleague.send(page, {"revoke": str(link.pk)}).status_code == 302
    assert "停用" in ended(link)
    log = AuditEntry.objects.filter(action__startswith="preview").order_by("number")
    assert [(row.action, row.actor_id, row.entry_uuid) for row in log] == [
        ("preview_link_made", author.pk, draft.uuid),
        ("preview_link_revoked", colleague.user.pk, draft.uuid),
    ]
    assert not [row for row in log if link.public_id in f"{row.before}{row.after}{row.reason}"]


def test_who_may_make_links(draft, qijiang):
    people = {role.value: make_person(role.value, role, region=None if role == Role.AUDITOR else qijiang) for role in Role} | {
        "neighbour": make_person("neighbour", Role.PUBLISHER, region=make.make_region("xiushan"))
    }
    people["administrator"] = User.objects.create_superuser("administrator", "", "secret")
    own = make.make_policy(state=State.DRAFT, region=qijiang)
    Policy.objects.filter(pk=own.pk).update(created_by=people["contributor"])

    found = {name: Browser(user).send(address(draft, "links"), {}).status_code for name, user in people.items()}

    assert found == {
        "contributor": 404, "editor": 302, "reviewer": 302, "publisher": 302, "auditor": 403, "neighbour": 404, "administrator": 403,
    }  # fmt: skip
    assert PreviewLink.objects.count() == 3
    assert Browser(people["contributor"]).send(address(own, "links"), {}).status_code == 302
    assert PreviewLink.objects.count() == 4


def test_what_readers_know_has_no_link(author, qijiang):
    for state in (State.PUBLISHED, State.WITHDRAWN):
        live = make.make_policy(region=qijiang, state=state, withdrawn_reason="有误")
        with pytest.raises(RefusedError, match="已经发布过"):
            make_link(live, by=author)
        response = Browser(author).send(address(live, "links"), {})
        assert (response.status_code, PreviewLink.objects.count()) == (302, 0)


def test_what_cannot_be_shown_gets_no_link(author, qijiang):
    photo = make.make_photo(state=State.DRAFT, region=qijiang, sha256="", alt="")

    response = Browser(author).client.post(address(photo, "links"), follow=True)

    assert "显示不出来" in messages_of(response)[0] if messages_of(response) else "显示不出来" in response.content.decode()
    assert PreviewLink.objects.count() == 0


@pytest.mark.parametrize("key", ["0", "x", "", "99999999999999999999", "１"])
def test_made_up_links_are_not_revoked(draft, author, link, key):
    assert Browser(author).send(address(draft, "links"), {"revoke": key}).status_code == 404
    assert status(link) == 200


def test_a_link_of_another_entry_is_not_revoked(draft, author, qijiang, link):
    other = make.make_policy(state=State.DRAFT, region=qijiang)

    assert Browser(author).send(address(other, "links"), {"revoke": str(link.pk)}).status_code == 404
    assert status(link) == 200


def test_revoking_twice_is_written_down_once(draft, author, link):
    for _ in range(2):
        Browser(author).send(address(draft, "links"), {"revoke": str(link.pk)})

    assert AuditEntry.objects.filter(action="preview_link_revoked").count() == 1
