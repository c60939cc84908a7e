"""How much work it is to publish a policy with three benefits and two photos, through three reviews.

Counted are clicks, each page load being one of them; typing is not, nor is signing in, which ends on the first page.
"""

import pytest
from django.test import Client

from policies.models import Policy
from portal.publishing.models import State
from tests import factories as make
from tests.browser.test_pages import CHROMIUM, browser, playwright  # noqa: F401 -- a fixture, and the reason to skip
from tests.proof.cast import Office

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
    pytest.mark.django_db(transaction=True),
]
MOST = 25
BENEFITS = [("住房补贴", "rent"), ("安家补助", "settling"), ("子女入学", "school")]


class Hand:
    """One person at one window, signed in and on the first page. A click that loads a page counts once, as does any other."""

    def __init__(self, chromium, origin, user):
        client = Client()
        client.force_login(user)
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": origin}])
        self.page = context.new_page()
        self.page.goto(f"{origin}/admin/", wait_until="networkidle")
        self.clicks = self.loads = 0
        self.page.on("load", self._loaded)

    def _loaded(self, _page):
        self.loads += 1

    def click(self, what):
        self.clicks += 1
        what.click()
        self.page.wait_for_load_state("networkidle")

    def type(self, name, text):
        self.page.locator(f"[name={name}]").fill(text)

    def choose(self, name, value):
        """With the arrow keys, as one types."""
        self.page.locator(f"select[name={name}]").select_option(value)

    def pick(self, name, words):
        """Open the picker, type, take the first that is found."""
        self.click(self.page.locator(f"select[name={name}] + .select2 .select2-selection"))
        self.page.keyboard.type(words)
        self.page.locator(".select2-results__option--highlighted", has_text=words).wait_for()
        self.page.keyboard.press("Enter")


def write(hand):
    page = hand.page
    hand.click(page.get_by_role("link", name="写一份政策"))
    hand.type("title", "綦江区人才住房办法")
    hand.type("slug", "talent-housing")
    hand.choose("kind", "measures")
    hand.type("summary", "在綦工作的人才可申请补贴。")
    hand.pick("topics", "住房")
    hand.pick("region", "綦江区")
    hand.click(page.locator("[name=issuer_unknown]"))
    for number, (name, slug) in enumerate(BENEFITS):
        if not page.locator(f"[name=benefits-{number}-name]").count():
            hand.click(page.locator("#benefits-group .add-row a"))
        hand.type(f"benefits-{number}-name", name)
        hand.type(f"benefits-{number}-slug", slug)
        hand.choose(f"benefits-{number}-kind", "housing")
        hand.choose(f"benefits-{number}-beneficiary", "person")
    photos = page.locator("[id$=entry_type-entry_id-group]").filter(has=page.locator("[name*=-photo]")).first
    prefix = photos.get_attribute("id").removesuffix("-group")
    if not photos.locator(".add-row a").is_visible():
        hand.click(photos.locator("summary").first)
    for number, caption in enumerate(("电商大厦", "人才公寓")):
        if not page.locator(f"select[name={prefix}-{number}-photo]").count():
            hand.click(photos.locator(".add-row a"))
        hand.pick(f"{prefix}-{number}-photo", caption)
    hand.click(page.get_by_role("button", name="保存并送审"))


def approve(hand):
    hand.click(hand.page.locator(".desk-list").filter(has_text="待我审核").get_by_role("link", name="綦江区人才住房办法"))
    hand.click(hand.page.get_by_role("button", name="通过"))


def publish(hand):
    hand.click(hand.page.locator(".desk-list").filter(has_text="待发布").get_by_role("link", name="綦江区人才住房办法"))
    hand.click(hand.page.get_by_role("button", name="全部发布"))


def test_publishing_a_policy_takes_few_steps(live_server, browser):  # noqa: F811 -- the fixture
    office = Office(make.make_region("qijiang", review_steps=3))
    make.make_topic(name="住房", region=make.make_region("chongqing"), applies_below=True)
    for caption in ("电商大厦", "人才公寓"):
        make.make_photo(caption=caption, region=office.region)
    hands = []
    for user, work in ((office.author, write), *((one, approve) for one in office.reviewers), (office.publisher, publish)):
        hand = Hand(browser, live_server.url, user)
        work(hand)
        hands.append(hand)
        errors = hand.page.locator(".errornote, .errors, td:has(.errorlist), .messagelist .error").all_inner_texts()
        assert errors == [], (user.username, errors, hand.page.url)

    policy = Policy.objects.get(slug="talent-housing", copy_of=None)
    counted = {"clicks": sum(hand.clicks for hand in hands), "loads": sum(hand.loads for hand in hands)}
    print(counted, [(hand.clicks, hand.loads) for hand in hands])  # noqa: T201 -- shown by -s
    assert (policy.state, policy.benefits.count(), policy.photo_uses.count()) == (State.PUBLISHED, 3, 2)
    assert counted["clicks"] <= MOST
