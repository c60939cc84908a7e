"""Read the site in headless Chromium as a reader and an editor would: nothing the policy blocks, nothing axe complains of."""

import os
from pathlib import Path

import pytest
from django.core.management import call_command

from policies.models import Policy, Programme
from regions.models import Event, Figure, Organisation, Photo, Source, Story
from tests.admin.browser import make_editor
from tests.factories import make_policy

CHROMIUM = next(
    (path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome") if Path(path).exists()), ""
)
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (requirements/dev.txt)")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
    pytest.mark.django_db(transaction=True),
]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
VIEWS = [(390, "light"), (1280, "dark")]


@pytest.fixture
def browser(monkeypatch):
    # Playwright runs an event loop in this thread, and Django then refuses the database unless told otherwise.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def look(page, address):
    """Open a page and list what is wrong with it."""
    faults = []
    page.on("console", lambda message: faults.append(f"console: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("request", lambda request: faults.append(f"stranger: {request.url}") if not request.url.startswith(ORIGIN) else None)
    answer = page.goto(address, wait_until="networkidle")
    faults += [f"status {answer.status}"] if answer.status != 200 else []
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
        faults.append("scrolls sideways")
    before_axe = tuple(faults)  # what axe itself does to the page is not the page's
    found = axe.Axe().run(page).response["violations"]
    return [*before_axe, *(f"axe {one['id']}: {one['nodes'][0]['target']}" for one in found)]


ORIGIN = ("http://localhost", "http://127.0.0.1", "data:", "blob:")


def read_all(browser, origin, paths, cookies=()):
    faults = {}
    for path in paths:
        for width, theme in VIEWS:
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, locale="zh-CN")
            context.add_cookies(list(cookies))
            if found := look(context.new_page(), origin + path):
                faults[f"{path} {width} {theme}"] = found
            context.close()
    return faults


def test_public_pages_have_no_fault(live_server, browser):
    call_command("load_sample", verbosity=0)
    policy = Policy.objects.published().filter(benefits__isnull=False).first()
    paths = [
        "/",
        "/en/",
        "/regions/",
        "/regions/qijiang/",
        "/en/regions/xiushan/",
        "/policies/",
        "/policies/?kind=fund",
        policy.get_absolute_url(),
        "/services/",
        "/services/qijiang-talent-apartments/",
        "/benefits/?audience=person",
        "/programmes/",
        "/events/",
        "/en/stories/",
        *(model.objects.published().first().get_absolute_url() for model in (Programme, Event, Story, Source, Organisation)),
        "/topics/housing/",
        "/figures/",
        Figure.objects.published().exclude(discrepancy_note="").first().get_absolute_url(),
        "/photos/",
        Photo.objects.published().first().get_absolute_url(),
        "/api/",
        "/api/figures/",
        "/sitemap/",
    ]

    assert read_all(browser, live_server.url, paths) == {}


def test_staff_pages_have_no_fault(live_server, browser, client):
    call_command("load_sample", verbosity=0)
    client.force_login(make_editor())
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    policy = Policy.objects.published().filter(benefits__isnull=False).first()
    paths = [
        "/admin/",
        "/admin/policies/policy/",
        f"/admin/policies/policy/{policy.pk}/change/",
        "/admin/regions/figure/add/",
        "/admin/regions/photo/add/",
    ]

    assert read_all(browser, live_server.url, ["/admin/login/"]) == {}
    assert read_all(browser, live_server.url, paths, [cookie]) == {}


def test_a_page_read_again_keeps_its_looks(live_server, browser):
    """The second reading is answered 304; the kept page must still be allowed its stylesheet."""
    make_policy()
    context = browser.new_context()
    page = context.new_page()
    faults = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(f"{live_server.url}/policies/", wait_until="networkidle")
    first = page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")

    page.reload(wait_until="networkidle")

    assert (faults, page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")) == ([], first)
    context.close()
