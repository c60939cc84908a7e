"""The sample as an English reader meets it: every page light, every Chinese word marked."""

import html
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.pages.reading import unmarked_chinese

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="(/en/[^"#]*)')
LIGHT = 60_000


@pytest.fixture(scope="package")
def pages(loaded, django_db_blocker):
    """Every English page that links lead to, filtered lists left out; address → response."""
    found, waiting = {}, ["/en/"]
    with django_db_blocker.unblock():
        while waiting:
            address = waiting.pop()
            if address not in found:
                found[address] = Client().get(address, follow=True)
                linked = {html.unescape(link) for link in LINK.findall(found[address].content.decode())}
                waiting += [link for link in linked if "?" not in link and link.endswith("/") and link not in found]
    return found


def test_every_page_type_is_read(pages):
    types = {address.split("/")[2] for address in pages if address.count("/") == 4}

    assert types >= {
        "regions", "topics", "sources", "organisations", "indicators", "figures", "photos", "policies", "services", "programmes",
        "events", "stories",
    }  # fmt: skip
    assert {page.status_code for page in pages.values()} == {200}


def test_no_page_is_heavy(pages):
    """Markup and style sheet together, as they are before they are compressed."""
    style = sum(Path(finders.find(name)).stat().st_size for name in ("portal.css", "print.css"))

    assert {address: len(page.content) + style for address, page in pages.items() if len(page.content) + style > LIGHT} == {}


def test_every_chinese_word_on_an_english_page_is_marked(pages):
    assert {address: found for address, page in pages.items() if (found := unmarked_chinese(page))} == {}
