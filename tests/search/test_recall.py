"""Whatever contains the text asked for is found: compared with looking into every text."""

from random import Random

import pytest

from portal.search.searching import matching_ids, search
from portal.text.normal_form import normal_form
from tests.search.conftest import NOW, document_of

WORDS = [
    "人才",
    "公寓",
    "綦江区",
    "秀山",
    "职称",
    "评审",
    "补贴",
    "2000元",
    "每月",
    "申请",
    "的",
    "office",
    "rent",
    "第3条",
    "，。",
    "《办法》",
    "住房\n保障",
    "租金",
    "博士后",
    "工作站",
    "A类",
    "1+3",
]
DOCUMENTS = 300


def made(random):
    return "".join(random.choice(WORDS) for _ in range(random.randint(3, 30)))


@pytest.mark.django_db
def test_recall_is_whole_for_every_short_text(index):
    random = Random(7)  # noqa: S311 -- repeatable
    documents = [document_of({"title": made(random)[:40], "body": made(random)}, number) for number in range(1, DOCUMENTS + 1)]
    index(*[{"title": one.title, "body": one.body, "object_id": one.object_id} for one in documents])
    texts = {one.object_id: (normal_form(one.title), normal_form(one.body)) for one in documents}

    asked = 0
    for length in range(1, 9):
        for _ in range(25):
            text = random.choice(texts[random.randint(1, DOCUMENTS)])
            start = random.randrange(max(1, len(text) - length))
            query = text[start : start + length]
            truth = {key for key, both in texts.items() if any(query in one for one in both)}
            if not any(character.isalnum() for character in query):
                continue
            assert truth <= set(matching_ids(query, "policy", now=NOW)), query
            found = search(query, now=NOW, limit=DOCUMENTS, correct=False)
            assert found.is_empty or truth <= {hit.object_id for hit in found.hits}, query
            asked += 1
    assert asked > 150
