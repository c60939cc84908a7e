"""The pages on which staff preview an entry: who may, what the answers carry, and the files of a draft."""

import pytest
from django.db import connection

from policies.models import Policy
from portal.publishing.models import State
from portal.publishing.workflow import submit
from portal.publishing.working_copy import open_copy
from portal.staff.models import Role, User
from regions.models import PhotoUse
from tests import factories as make
from tests.admin.browser import Browser, change_url, make_person
from tests.attachments.making import attach
from tests.preview.reading import address, everything
from tests.test_surfaces import picture

pytestmark = pytest.mark.django_db
FRAMES = "frame-ancestors 'none'", "frame-src 'self'", "img-src 'self' blob: data:"


@pytest.fixture
def qijiang(db):
    return make.make_region("qijiang")


@pytest.fixture
def editor(qijiang):
    return Browser(make_person("editor", Role.EDITOR, region=qijiang))


def policy_of(response):
    """The parts of the content security policy, each with its sources in order."""
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {" ".join([name, *sorted(sources)]) for name, *sources in parts}


@pytest.mark.parametrize("model", make.MAKERS, ids=lambda model: model.__name__)
def test_every_type_has_its_preview(editor, qijiang, model):
    live = make.MAKERS[model](**({"region": qijiang} if model.__name__ != "Region" else {"parent": qijiang}))
    for column, relation in (("Source", "source"), ("Indicator", "indicator"), ("Topic", "topics")):
        if model.__name__ == column:
            make.make_figure(**{relation: live}) if column != "Topic" else make.make_policy(topics=[live])
    entry = open_copy(live, by=editor.user)

    frames, page = editor.get(address(entry, "frame")), editor.get(address(entry, "page"), lang="en")

    assert (frames.status_code, page.status_code) == (200, 200)
    assert frames.content.decode().count("<iframe ") == 3
    assert page["Content-Language"] == "en"
    assert editor.get(change_url(entry)).context_data["preview_url"] == address(entry, "frame")


def test_a_row_of_an_entry_leads_to_the_preview_of_its_entry(editor, qijiang):
    benefit = make.make_benefit(policy=make.make_policy(region=qijiang, state=State.DRAFT))

    assert editor.get(change_url(benefit)).context_data["preview_url"] == address(benefit.policy, "frame")


def test_the_headers_of_a_preview(editor, qijiang):
    draft = make.make_policy(state=State.DRAFT, region=qijiang)
    frames, page = editor.get(address(draft, "frame")), editor.get(address(draft, "page"))
    links, change = editor.get(address(draft, "links")), editor.get(change_url(draft))

    for response in (frames, page):
        assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex, nofollow")
        assert "ETag" not in response
        assert '<meta name="robots" content="noindex' in response.content.decode()
    assert (frames["X-Frame-Options"], page["X-Frame-Options"], links["X-Frame-Options"]) == ("DENY", "SAMEORIGIN", "DENY")
    assert {"frame-src 'self'", "frame-ancestors 'none'"} <= policy_of(frames)
    assert {"frame-ancestors 'self'", "img-src 'self'", "script-src 'self'", "default-src 'none'"} <= policy_of(page)
    for response in (links, change):
        assert "frame-ancestors 'none'" in policy_of(response)
        assert not any(part.startswith("frame-src") for part in policy_of(response))
    assert not [response for response in (frames, page, links) if "unsafe" in response["Content-Security-Policy"]]


@pytest.mark.parametrize("query", [{}, {"lang": "en"}, {"lang": "xx"}, {"lang": "en", "print": "1"}, {"print": "x"}])
def test_the_page_is_marked_in_every_form(editor, qijiang, query):
    page = editor.client.get(address(make.make_policy(state=State.DRAFT, region=qijiang), "page"), query).content.decode()

    assert page.count('<span data-mark="草稿"></span>') == 24
    assert ('lang="en"' in page.split(">", 3)[1]) == (query.get("lang") == "en") or "<html lang=" in page
    assert (f'<html lang="{"en" if query.get("lang") == "en" else "zh-Hans"}">') in page
    assert ('print.css" media="all"' in page) == (query.get("print") == "1")


def test_nothing_is_left_by_any_of_it(editor, qijiang):
    draft = make.make_policy(state=State.DRAFT, region=qijiang)
    before = everything()

    for page in ("frame", "page", "links"):
        assert editor.get(address(draft, page)).status_code == 200

    assert everything() == before


@pytest.mark.parametrize("page", ["frame", "page"])
def test_whoever_sees_an_entry_previews_it_and_nobody_else(client, qijiang, page):
    draft = make.make_policy(state=State.DRAFT, region=qijiang)
    own = make.make_policy(state=State.DRAFT, region=qijiang)
    people = {role.value: make_person(role.value, role, region=None if role == Role.AUDITOR else qijiang) for role in Role} | {
        "neighbour": make_person("neighbour", Role.PUBLISHER, region=make.make_region("xiushan")),
        "nobody": make_person("nobody"),
    }
    people["administrator"] = User.objects.create_superuser("administrator", "", "secret")
    Policy.objects.filter(pk=own.pk).update(created_by=people["contributor"])

    found = {name: Browser(user).get(address(draft, page)).status_code for name, user in people.items()}

    assert found == {
        "contributor": 404, "editor": 200, "reviewer": 200, "publisher": 200, "auditor": 200, "neighbour": 404, "nobody": 404,
        "administrator": 200,
    }  # fmt: skip
    assert Browser(people["contributor"]).get(address(own, page)).status_code == 200
    assert client.get(address(draft, page))["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("key", ["0", "01", "999999", "1abc", "１", "x", "%00"])
def test_a_made_up_key_finds_nothing(editor, key):
    assert {editor.get(f"/admin/policies/policy/{key}/preview/{page}").status_code for page in ("", "page/", "links/")} <= {
        400,
        404,
    }


def test_previews_are_only_read(editor, qijiang):
    draft = make.make_policy(state=State.DRAFT, region=qijiang)

    for page in ("frame", "page"):
        assert editor.client.post(address(draft, page)).status_code == 405
        assert editor.client.head(address(draft, page)).status_code == 200


def test_why_readers_would_not_see_it_is_said_instead(editor, qijiang):
    photo = make.make_photo(state=State.DRAFT, region=qijiang, sha256="", alt="", credit="")
    frames, page = editor.get(address(photo, "frame")), editor.get(address(photo, "page"))

    for response in (frames, page):
        assert (response.status_code, "<iframe" in response.content.decode()) == (409, False)
        assert len(response.context_data["sentences"]) >= 3
    assert page["X-Frame-Options"] == "SAMEORIGIN"


def test_texts_of_one_submission_are_previewed_together(editor, qijiang):
    indicator = make.make_indicator(state=State.DRAFT, region=qijiang, name="新的指标")
    figure = make.make_figure(state=State.DRAFT, indicator=indicator, region=qijiang)
    assert editor.get(address(figure, "page")).status_code == 409

    submit([indicator, figure], by=editor.user)

    assert "新的指标" in editor.get(address(figure, "page")).content.decode()
    assert editor.get(address(indicator, "page")).status_code == 200


def test_a_text_of_the_submission_that_one_may_not_see_is_not_shown(editor, qijiang):
    indicator = make.make_indicator(state=State.DRAFT, region=qijiang, name="新的指标")
    figure = make.make_figure(state=State.DRAFT, indicator=indicator, region=qijiang)
    writer = make_person("writer", Role.CONTRIBUTOR, region=qijiang)
    submit([indicator, figure], by=editor.user)
    type(figure).objects.filter(pk=figure.pk).update(created_by=writer)

    assert editor.get(address(figure, "page")).status_code == 200
    assert Browser(writer).get(address(figure, "page")).status_code == 409


def images(page):
    return sorted(
        {part.split('"')[0].split("/")[-1] for part in page.split('<img src="')[1:] if "/preview/files/" in part.split('"')[0]}
    )


def test_the_picture_of_a_draft_photo_is_seen_in_its_preview_only(client, editor, qijiang):
    photo = make.make_photo(state=State.DRAFT, region=qijiang, **picture(80))
    other = make.make_photo(state=State.DRAFT, region=qijiang, **picture(160))
    page = editor.get(address(photo, "page")).content.decode()

    [name] = images(page)
    answer = editor.get(address(photo, "file", name))

    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "image/jpeg", "private, no-store")
    assert answer.getvalue()[:2] == b"\xff\xd8"
    assert "ETag" not in answer
    assert client.get(f"/media/{name}").status_code == 404
    assert editor.get(address(other, "file", name)).status_code == 404
    assert client.get(address(photo, "file", name)).status_code == 302
    assert (
        Browser(make_person("neighbour", Role.EDITOR, region=make.make_region("xiushan")))
        .get(address(photo, "file", name))
        .status_code
        == 404
    )


def test_pictures_that_are_public_are_seen_and_drafts_used_by_it_are_not(editor, qijiang):
    """As after its publication: a photo that is a draft itself is not shown."""
    draft = make.make_policy(state=State.DRAFT, region=qijiang)
    photos = [make.make_photo(**picture(80)), make.make_photo(state=State.DRAFT, **picture(160))]
    for photo in photos:
        PhotoUse.objects.create(entry=draft, photo=photo)

    [name] = images(editor.get(address(draft, "page")).content.decode())
    answer = editor.get(address(draft, "file", name))
    hidden = name.replace(photos[0].sha256[:24], photos[1].sha256[:24])

    assert (answer.status_code, len(answer.getvalue()) > 0) == (200, True)
    assert editor.get(address(draft, "file", hidden)).status_code == 404


def test_a_document_of_a_draft_is_downloaded_from_its_preview(client, editor, qijiang):
    draft = make.make_policy(state=State.DRAFT, region=qijiang)
    row = attach(draft)
    name = f"{row.sha256}.{row.kind}"

    assert address(draft, "file", name) in editor.get(address(draft, "page")).content.decode()
    answer = editor.get(address(draft, "file", name))

    assert (answer.status_code, answer["Cache-Control"], "attachment" in answer["Content-Disposition"]) == (
        200,
        "private, no-store",
        True,
    )
    assert len(answer.getvalue()) == row.size
    assert policy_of(answer) == {"default-src 'none'", "sandbox"}
    assert client.get(f"/files/{name}").status_code == 404


@pytest.mark.parametrize("name", ["nothing.webp", "x", f"{'a' * 24}-320.webp", f"{'a' * 64}.pdf", "..", "%00"])
def test_made_up_files_are_not_there(editor, qijiang, name):
    draft = make.make_policy(state=State.DRAFT, region=qijiang)

    assert editor.get(address(draft, "file", "x").removesuffix("x") + name).status_code in {400, 404}


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_a_preview(editor, qijiang, django_assert_num_queries, count):
    draft = make.make_policy(state=State.DRAFT, region=qijiang)
    for _ in range(count):
        make.make_benefit(policy=draft)

    with django_assert_num_queries(32 if connection.vendor == "postgresql" else 31):  # there a time-out is set
        editor.get(address(draft, "page"))
