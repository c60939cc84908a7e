"""The facts of the page, read over the public API: none lost, moved, changed or added."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = [pytest.mark.usefixtures("loaded"), pytest.mark.django_db]
TAG = re.compile(r"<[^>]+>")
FACTS = {
    kind: {slug: group["every"] | row for group in groups for slug, row in group["rows"].items()}
    for kind, groups in yaml.safe_load((Path(__file__).parent / "facts_of_the_page.yaml").read_text(encoding="utf-8")).items()
}
WITH_OTHERS = {"sources", "regions", "topics", "photos"}
"""Kinds that also hold what is not of the page: codes of places, our subjects, our covers."""


def words(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(words(part) for part in value.values())
    if isinstance(value, list):
        return "\n".join(words(part) for part in value)
    return TAG.sub("", str(value))


def plain(value: Any) -> Any:
    """A relation is its slug, with its kind where it has one; lists are sorted."""
    if isinstance(value, list):
        return sorted(plain(part) for part in value)
    if isinstance(value, dict):
        kind = f"{value['kind']} " if set(value) == {"kind", "slug", "title"} else ""
        return kind + value["slug"] if "slug" in value else value.get("code", value)
    return value


def field(record: dict[str, Any], name: str, expected: Any) -> Any:
    if name == "says":
        text = words(record)
        return [saying for saying in expected if saying in text]
    value: Any = record
    for part in name.split("."):
        value = value[part] if value else None
    return plain(value)


@pytest.mark.parametrize("kind", FACTS)
def test_every_fact_stands_in_its_place(client, kind):
    records = {slug: client.get(f"/api/v1/{kind}/{slug}/", {"lang": "zh-hans"}).json() for slug in FACTS[kind]}

    found = {
        slug: {name: field(records[slug], name, expected) for name, expected in facts.items()}
        for slug, facts in FACTS[kind].items()
    }
    assert found == FACTS[kind]


@pytest.mark.parametrize("kind", sorted(FACTS.keys() - WITH_OTHERS))
def test_nothing_beside_the_facts_is_told(client, kind):
    listed = client.get(f"/api/v1/{kind}/", {"limit": 200}).json()["results"]

    assert {record["slug"] for record in listed} == set(FACTS[kind])


def test_numbers_of_the_page_are_sixty_one():
    assert len(FACTS["figures"]) == 61
