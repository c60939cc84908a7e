"""Every page and record a reader can reach: nothing hidden shows, and page and API tell the same."""

import html
import io
import re

import pytest
from django.db import transaction
from PIL import Image

import portal.urls
from policies.models import Benefit
from portal.media.intake import read_picture
from portal.media.renditions import rendition_names
from portal.media.storage import store_picture
from tests import factories as make
from tests.world import HIDDEN, NAMES, SECRET, THEN, build_world

pytestmark = pytest.mark.django_db
LISTS = [
    "regions", "topics", "sources", "organisations", "indicators", "figures", "photos", "policies", "services", "programmes",
    "events", "stories",
]  # fmt: skip
STARTS = [
    "/",
    "/en/",
    "/figures.csv",
    "/en/figures.csv",
    *(f"{prefix}/{page}/" for prefix in ("", "/en") for page in [*LISTS, "benefits", "sitemap", "api"]),
    *(f"/api/v1/{plural}/" for plural in [*LISTS, "benefits", "changes"]),
    *(
        f"{page}?q={words}"
        for page in ("/search/", "/en/search/", "/search/suggest", "/api/v1/search/")
        for words in ("人才", "rc")
    ),
]
LINK = re.compile(r'(?:href|src)="([^"]+)"|"(?:url|api_url|next|previous)":\s*"([^"]+)"')


def crawl(client):
    """Read everything that can be reached from the starting pages; return address → text."""
    found, waiting = {}, list(STARTS)
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        response = client.get(address, follow=True)
        assert response.status_code == 200, (address, response.status_code)
        is_text = response["Content-Type"].startswith(("text/html", "text/csv", "application/json"))
        found[address] = response.getvalue().decode() if is_text else ""
        waiting += [link for link in links(found[address]) if link not in found]
    return found


def links(text):
    for attribute, value in LINK.findall(text):
        address = html.unescape(attribute or value).removeprefix("http://127.0.0.1:8000").split("#")[0]
        if address.startswith("/") and not address.startswith(("/static/", "/admin/", "/style/", "/media/", "/files/")):
            yield address


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for the tests of this module, gone after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


def test_nothing_hidden_shows_anywhere(world, client):
    pages = crawl(client)

    leaks = [address for address, text in pages.items() if SECRET in text or "secret-" in text or "secret-" in address]
    assert leaks == []
    assert len(pages) > 100


def test_a_hidden_figure_is_told_in_the_words_of_its_day(world, client):
    """On every page and record whose text names one; the public figure beside it is told as it stands."""
    for plural, slug in {
        "regions": "qijiang", "organisations": "office", "policies": "apartments", "services": "hall", "programmes": "plan",
        "events": "forum", "stories": "hall-story",
    }.items():  # fmt: skip
        for address in (f"/{plural}/{slug}/", f"/en/{plural}/{slug}/", f"/api/v1/{plural}/{slug}/"):
            words = client.get(address).content.decode()
            assert (THEN in words, SECRET in words) == (True, False), address
            assert "16万" in words or "160,000" in words, address

    told = client.get("/api/v1/stories/hall-story/?fields=figures").json()["figures"]
    assert [figure["slug"] for figure in told] == ["talent-2021"]


def test_the_address_of_a_hidden_entry_has_no_page_and_no_record(world, client):
    answers = {}

    for model, plural in zip(NAMES, LISTS, strict=True):
        for how in HIDDEN:
            slug = f"secret-{model._meta.model_name}-{how}"
            for address in (f"/{plural}/{slug}/", f"/en/{plural}/{slug}/", f"/api/v1/{plural}/{slug}/"):
                response = client.get(address)
                answers[address] = response.status_code
                assert SECRET not in response.content.decode(), address

    assert set(answers.values()) == {404, 410}
    assert {status for address, status in answers.items() if "expired" in address} == {410}
    assert {status for address, status in answers.items() if "expired" not in address} == {404}


def test_counts_are_those_of_what_is_shown(world, client):
    for plural in [*LISTS, "benefits"]:
        body = client.get(f"/api/v1/{plural}/?limit=200").json()
        page = client.get(f"/{plural}/")

        assert (body["count"], page.context["total"]) == (len(body["results"]), len(body["results"])), plural


def test_every_count_beside_a_choice_is_the_size_of_the_list_behind_it(world, client):
    compared = 0
    for plural in [*LISTS, "benefits"]:
        counts = client.get(f"/{plural}/").context["counts"]
        for name, choices in counts.choices.items():
            for choice in choices if name != "region" else []:
                body = client.get(f"/api/v1/{plural}/?{name}={choice.value}&limit=200").json()
                assert body["count"] == choice.count, (plural, name, choice.value)
                compared += 1

    assert compared > 20


def questions(plural, filterset):
    """Every filter of a type with values that find something, that find nothing, and that go with another."""
    slugs = {
        "region": ["qijiang", "chongqing"],
        "topic": ["housing", "living"],
        "parent": {"regions": ["chongqing"], "topics": ["living"], "organisations": ["office"]}.get(plural, []),
        "part_of": ["plan" if plural == "programmes" else "talent-2021"],
        "organiser": ["office"],
        "programme": ["plan"],
        "issuer": ["office"],
        "provider": ["office"],
        "source": ["report"],
        "indicator": ["talent"],
        "policy": ["apartments"],
    }
    days = ["2000-01-01", "2021-08-05", "2999-01-01"]
    words = {"q": ["人才", "talent"]}
    for name, found in filterset.base_filters.items():
        values = [str(value) for value, _label in found.extra.get("choices", [])] or slugs.get(name) or words.get(name)
        values = values or {"year": ["2021", "1999"], "code": ["500110"], "on": [] if plural == "regions" else days}.get(
            name, days
        )
        yield from (f"{name}={value}" for value in values[:1])
        if "region" in filterset.base_filters and name != "region":
            yield from (f"{name}={value}&region=qijiang" for value in values[:1])
    yield from (f"ordering={ordering.name}" for ordering in filterset.orderings)


def test_page_and_api_give_the_same_entries_for_every_filter(world, client):
    views = {pattern.name: pattern.callback.view_class for pattern in portal.urls.api if hasattr(pattern.callback, "view_class")}
    asked = 0
    for plural in [*LISTS, "benefits"]:
        for query in questions(plural, views[plural].filterset_class):
            body = client.get(f"/api/v1/{plural}/?{query}&limit=200").json()
            page = client.get(f"/{plural}/?{query}")
            shown = [row.slug for row in page.context["rows"]]
            assert shown == [row.get("slug", row.get("code")) for row in body["results"]][: len(shown)], (plural, query)
            assert bool(shown) == bool(body["count"]), (plural, query)
            assert page.context["total"] == body["count"], (plural, query)
            asked += 1

    assert asked > 90


def test_the_benefits_of_a_hidden_policy_are_hidden(world, client):
    hidden = list(Benefit.objects.filter(slug__startswith="secret-").values_list("slug", flat=True))

    assert len(hidden) == len(HIDDEN)
    assert {client.get(f"/api/v1/benefits/{slug}/").status_code for slug in hidden} == {404}


def picture(shade):
    file = io.BytesIO()
    Image.new("RGB", (400, 300), (shade, 90, 60)).save(file, "JPEG")
    file.seek(0)
    stored = store_picture(read_picture(file))
    return {"sha256": stored.sha256, "width": stored.width, "height": stored.height, "original": stored.original}


@pytest.mark.parametrize("how", ["public", *HIDDEN])
def test_a_picture_answers_only_while_its_photo_is_public(client, how):
    photo = make.make_photo(**picture(80), **HIDDEN.get(how, {}))

    answers = [client.get(f"/media/{name}") for name in rendition_names(photo.sha256, photo.width)]
    statuses = {answer.status_code for answer in answers}
    for answer in answers:
        answer.getvalue()  # reading to the end closes the file; close() would end the test's connection too

    assert statuses == ({200} if how == "public" else {404})
