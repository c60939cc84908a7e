from datetime import timedelta

import pytest

from portal.search.filters import Filters
from portal.search.searching import count_in, search
from tests.search.conftest import NOW

pytestmark = pytest.mark.django_db


def titles(found, made):
    names = {(one.kind, one.object_id): one.title for one in made}
    return [names[hit.kind, hit.object_id] for hit in found.hits]


def test_the_title_asked_for_comes_first(index):
    made = index("綦江区人才公寓管理暂行办法", "秀山县人才公寓管理办法", "綦江区职称评审办法")

    assert titles(search("人才公寓", now=NOW), made) == ["秀山县人才公寓管理办法", "綦江区人才公寓管理暂行办法"]
    assert titles(search("綦江人才公寓", now=NOW), made)[0] == "綦江区人才公寓管理暂行办法"


def test_what_is_not_public_yet_or_any_more_is_not_found(index):
    index(
        {"title": "人才公寓甲", "object_id": 91, "visible_from": NOW + timedelta(seconds=1)},
        {"title": "人才公寓乙", "object_id": 92, "visible_until": NOW},
    )
    made = index({"title": "人才公寓丙", "visible_from": NOW})

    assert titles(search("人才公寓", now=NOW), made) == ["人才公寓丙"]


@pytest.mark.parametrize(
    "typed",
    [
        "綦江府发〔2021〕5号",
        "綦江府发[2021]5号",
        "綦江府发（2021）5号",
        "綦江府发【2021】第5号",
        "綦江府发2021 5号",
        "綦江府发２０２１-5",
    ],
)
def test_an_exact_document_number_comes_first_however_it_is_written(index, typed):
    made = index(
        {"title": "人才公寓管理办法", "keys": "綦江府发〔2021〕5号"},
        {"title": "人才公寓管理细则", "keys": "綦江府发〔2021〕15号", "body": "根据綦江府发〔2021〕5号"},
    )

    assert titles(search(typed, now=NOW), made)[0] == "人才公寓管理办法"


def test_counts_are_what_the_filters_leave(index):
    made = index(
        {"title": "人才公寓甲", "kind": "policy", "region": 1, "topics": (3,)},
        {"title": "人才公寓乙", "kind": "service", "region": 2, "topics": (3, 4)},
        {"title": "人才公寓丙", "kind": "policy", "region": 9, "applies_below": True},
    )
    found = search("人才公寓", now=NOW, with_cells=True)

    for filters in (
        Filters(),
        Filters(kinds=("policy",)),
        Filters(topics=(3,)),
        Filters(region=1, above=(9,)),
        Filters(topics=(4,), kinds=("policy",)),
    ):
        narrowed = search("人才公寓", now=NOW, filters=filters)
        assert count_in(found.cells, filters) == narrowed.total == len(narrowed.hits)
    assert len(made) == 3
