"""What readers and partners are told of attachments, in both languages."""

import re

import pytest

from portal.text.file_size import print_file_size
from tests.factories import make_policy, make_programme, make_service

from .making import attach

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
ENTRIES = {"policies": make_policy, "services": make_service, "programmes": make_programme}


@pytest.mark.parametrize(("plural", "make"), ENTRIES.items())
def test_a_page_lists_its_documents_in_order(client, plural, make):
    entry = make()
    second = attach(entry, "名额表", kind="xlsx", position=2)
    first = attach(entry, "入住申请表", title_en="Application form", position=1)
    attach(make(), "别的")

    chinese, english = (client.get(f"{prefix}/{plural}/{entry.slug}/").content.decode() for prefix in ("", "/en"))

    assert re.findall(r'href="(/files/[^"]+)"', chinese) == [first.get_absolute_url(), second.get_absolute_url()]
    assert '>入住申请表</a> <span class="quiet">PDF，1 KB</span>' in chinese
    assert '>名额表</a> <span class="quiet">Excel，1 KB</span>' in chinese
    assert ">Application form</a>" in english
    assert '><span lang="zh-Hans">名额表</span></a>' in english
    assert "别的" not in chinese


@pytest.mark.parametrize(("plural", "make"), ENTRIES.items())
def test_a_page_without_documents_says_nothing_of_them(client, plural, make):
    assert 'id="attachments"' not in client.get(f"/{plural}/{make().slug}/").content.decode()


@pytest.mark.parametrize(("plural", "make"), ENTRIES.items())
def test_a_record_names_its_documents(client, plural, make):
    entry = make()
    row = attach(entry, "入住申请表", kind="docx", title_en="Application form")
    told = {
        "uuid": str(row.uid),
        "title": "入住申请表",
        "url": f"{SITE}/files/{row.sha256}.docx",
        "type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "size": row.size,
        "sha256": row.sha256,
    }

    answers = [client.get(f"/api/v1/{plural}/{entry.slug}/?fields=attachments{more}").json() for more in ("", "&lang=en")]

    assert answers == [{"attachments": [told]}, {"attachments": [told | {"title": "Application form"}]}]
    assert client.get(f"/api/v1/{plural}/{make().slug}/?fields=attachments").json() == {"attachments": []}


PINS = {"policies": (7, 5), "services": (7, 6), "programmes": (6, 3)}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("plural", PINS)
def test_documents_cost_no_query(client, django_assert_num_queries, plural, rows):
    entry = ENTRIES[plural]()
    for number in range(rows):
        attach(entry, f"表{number}")
    page, record = PINS[plural]

    with django_assert_num_queries(page):
        client.get(f"/{plural}/{entry.slug}/")
    with django_assert_num_queries(record):
        client.get(f"/api/v1/{plural}/{entry.slug}/")


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "1 KB"),
        (1024, "1 KB"),
        (35 * 1024 + 100, "35 KB"),
        (1024 * 1024 - 1, "1.0 MB"),
        (1024 * 1024, "1.0 MB"),
        (1_258_291, "1.2 MB"),
        (20 * 1024 * 1024, "20.0 MB"),
    ],
)
def test_a_size_is_told_in_words(size, words):
    assert print_file_size(size) == words
