"""Several people read and save one entry in any order: what was based on an older version is never written."""

import json
import os
import subprocess
import sys
from pathlib import Path

import hypothesis.strategies as st
import pytest
from django.db import connection, connections, transaction
from hypothesis import HealthCheck, Phase, given, settings

from policies.models import Benefit, Policy
from portal.publishing.lifecycle import StaleVersionError, finish_entry, save_entry
from portal.publishing.models import Edition, State
from portal.publishing.workflow import RefusedError, publish, recall, submit
from tests import factories as make
from tests.proof.profile import many
from tests.proof.saving import COLUMNS, beside
from tests.workflow.cast import Office, again

ACTORS = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["read", "form", "child", "submit", "recall"])), max_size=14)


def play(policy, author, moves):
    read, said, count = {}, {}, 0
    for actor, what in moves:
        if what == "read" or actor not in read:
            row = again(policy)
            read[actor] = (row, row.version)
            continue
        row, version = read[actor]
        stored = again(policy)
        count += 1
        try:
            with transaction.atomic():
                wrote = STEPS[what](row, version, author, f"{actor}-{count}", COLUMNS[actor])
        except (StaleVersionError, RefusedError):
            assert again(policy).version == stored.version
        else:
            assert stored.version == version, f"{what} was written over what somebody else had saved"
            said |= wrote
        read.pop(actor)
    now = again(policy)
    assert {name: value_of(now, name) for name in said} == said


def value_of(row, name):
    return row.benefits.get().name if name == "benefit" else getattr(row, name)


def _form(row, version, author, text, column):
    if row.state != State.DRAFT:
        raise RefusedError("locked")
    setattr(row, column, text)
    save_entry(row, by=author, expected_version=version)
    finish_entry(row)
    return {name: getattr(row, name) for name in COLUMNS}


def _child(row, version, author, text, _column):
    """As the page of a benefit does it."""
    benefit = Benefit.objects.select_related("policy").get(policy_id=row.pk)
    if benefit.policy.state != State.DRAFT:
        raise RefusedError("locked")
    benefit.name = text
    save_entry(benefit.policy, by=author, expected_version=version)
    benefit.save()
    finish_entry(benefit.policy)
    return {"benefit": text}


def _submit(row, _version, author, *_text):
    submit([row], by=author, override="上级要求")
    return {}


def _recall(row, _version, author, *_text):
    recall(row, by=author)
    return {}


STEPS = {"form": _form, "child": _child, "submit": _submit, "recall": _recall}


@pytest.mark.django_db
def test_nothing_is_written_over_what_was_not_read():
    office = Office(make.make_region("qijiang", review_steps=1))
    policy = make.make_policy(state=State.DRAFT, region=office.region)
    make.make_benefit(policy=policy)

    @settings(
        max_examples=many(60, 10_000), deadline=None, database=None, derandomize=not many(0, 1), phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(ACTORS)
    def interleave(moves):
        with transaction.atomic():
            play(policy, office.author, moves)
            transaction.set_rollback(True)

    interleave()


@pytest.mark.sqlite
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has row locks; see tests/publishing")
@pytest.mark.django_db
def test_two_threads_lose_nothing(tmp_path):
    """On SQLite in a file of its own: the test database is in memory, which has other locks."""
    times = many(25, 1000)
    policy = make.make_policy(state=State.DRAFT)
    (tmp_path / "db.sqlite3").write_bytes(connection.connection.serialize())

    outcomes, stored = save_from_two_threads(tmp_path, policy.pk, times)

    assert [[one for one in outcome if one not in {"saved", "stale"}] for outcome in outcomes] == [[], []]
    assert stored == [policy.version + 2 * times, str(times - 1), str(times - 1)]


def save_from_two_threads(folder, key, times):
    environment = {**os.environ, "DATA_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}"}
    command = [sys.executable, "-m", "tests.proof.saving", str(key), str(times)]
    answer = subprocess.run(  # noqa: S603 -- our own module
        command,
        cwd=Path(__file__).parents[2],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=many(120, 3000),
    )
    assert answer.returncode == 0, answer.stderr[-2000:]
    return json.loads(answer.stdout.strip().splitlines()[-1])


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_two_publishers_at_once_publish_once():
    office = Office(make.make_region("qijiang", review_steps=1), reviewers=1)
    draft = make.make_policy(state=State.DRAFT, region=office.region)
    Policy.objects.filter(pk=draft.pk).update(created_by=office.author)
    entry, outcome = office.approve(again(draft)), []

    def show():
        try:
            outcome.append(publish([Policy.objects.get(pk=entry.pk)], by=office.publisher)[0].state)
        except (RefusedError, StaleVersionError) as error:
            outcome.append(type(error).__name__)
        finally:
            connections.close_all()

    beside(show, show)

    assert sorted(outcome)[-1] == "published"
    assert len([one for one in outcome if one == "published"]) == 1
    assert Edition.objects.of(entry).numbered().count() == 1
