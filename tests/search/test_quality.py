"""Questions in fourteen shapes about made-up documents, the same lists on both databases, and the public reference data."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from bench.search.documents import documents, places
from bench.search.found import found_lists
from bench.search.quality import measure
from bench.search.questions import judged
from bench.search.reference import FOLDER, compare
from bench.search.run import ask, fill
from portal.search.models import Synonym
from portal.search.models.synonym import words_changed
from portal.search.shipped import ship_synonyms

COUNT = 1_000
IDENTICAL = 2_000


@pytest.mark.django_db
def test_every_shape_of_question_finds_what_answers_it():
    ship_synonyms(Synonym)
    words_changed()
    made = list(documents(COUNT))
    fill([places(), [one.document for one in made]])

    found = measure(judged(made, each=6), ask)

    assert len(found) == 15
    assert found["all"].recall >= 0.97
    assert found["all"].reciprocal >= 0.95
    assert {shape: one.recall for shape, one in found.items() if one.recall < 0.85} == {}


@pytest.mark.postgres
@pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"), reason="SQLite alone has nothing to compare with"
)
@pytest.mark.django_db
def test_both_databases_give_the_same_lists():
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DATA_DIR"}}
    command = [sys.executable, "-m", "bench.search.lists", str(IDENTICAL)]
    sqlite = subprocess.run(command, env=environment, capture_output=True, check=True, text=True)  # noqa: S603 -- our own module

    assert found_lists(IDENTICAL) == json.loads(sqlite.stdout)


@pytest.mark.reference
@pytest.mark.skipif(not FOLDER.is_dir(), reason="REFERENCE_DATA names no folder")
@pytest.mark.django_db
def test_questions_of_real_people_fare_no_worse_than_by_plain_bm25():
    found = compare(fill)

    assert found["stard"][0].reciprocal >= found["stard"][1].reciprocal
    assert found["cmrc"][0].reciprocal >= found["cmrc"][1].reciprocal - 0.005
    for shape in ("gov-cn title", "gov-cn number"):
        assert found[shape][0].reciprocal >= 0.98
        assert found[shape][0].recall == 1
