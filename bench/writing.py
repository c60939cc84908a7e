"""Writes many entries as `portal.publishing.lifecycle` would write them one by one, with one INSERT for many rows.

What `save()` derives is derived by the models' own `save()`, only the INSERT at its end is left out; the dates are stamped by
the lifecycle's own function. A test compares the rows with rows written by the lifecycle.
"""

import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import cache, partial
from random import Random
from typing import Any
from unittest import mock

from django.db import models

from portal.publishing import lifecycle
from portal.publishing.models import Change, ContentState, State
from portal.text.markdown import render_markdown

from .lives import WITHDRAWN_AFTER, Life
from .rows import insert_rows


class Writer:
    """Collects nothing but the change rows: entries and children are handed back to be inserted in bulk."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.seq = 0
        self.changes: list[Change] = []

    def entry(self, entry: Any, life: Life) -> Any:
        """Fill in everything `save_entry` and `finish_entry` would, and note the changes."""
        entry.uuid = self.uuid()
        entry.state = State.PUBLISHED if life.is_withdrawn else life.state
        entry.visible_from, entry.visible_until = life.visible_from, life.visible_until
        self._save(entry, life.at)
        if life.is_withdrawn:
            entry.state, entry.withdrawn_reason, entry.version = State.WITHDRAWN, "文件已被新的办法替代", 2
            self._save(entry, life.at + WITHDRAWN_AFTER)
        for act in life.announced:
            self.changes += [self._change(entry, kind, when) for kind, when in act]
        return entry

    def _change(self, entry: Any, kind: str, when: datetime) -> Change:
        self.seq += 1
        what = {"entry_type": entry.type_label(), "entry_uuid": entry.uuid, "slug": entry.slug, "region": entry.region.slug}
        return Change(seq=self.seq, effective_at=when, kind=kind, **what)

    def child(self, child: Any) -> Any:
        child.uid = self.uuid()
        child.save()
        return child

    def uuid(self) -> uuid.UUID:
        return uuid.UUID(int=self.rng.getrandbits(128), version=4)

    def insert_changes(self) -> None:
        insert_rows(self.changes)
        self.changes.clear()
        ContentState.objects.update_or_create(pk=1, defaults={"seq": self.seq})

    @staticmethod
    def _save(entry: Any, at: datetime) -> None:
        lifecycle._stamp(entry, at)
        entry.save()


@contextmanager
def without_inserts(at: datetime) -> Iterator[None]:
    """Let `save()` derive its columns and stop; `insert_rows` does the rest. Equal bodies are rendered once; "now" is `at`."""
    rendered = cache(render_markdown)
    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(models.Model, "save", _no_insert))
        for module in ("policies.models.policy", "regions.models.story"):
            stack.enter_context(mock.patch(f"{module}.render_markdown", rendered))
        stack.enter_context(mock.patch("django.utils.timezone.now", partial(_same, at)))
        yield


def _no_insert(*_args: Any, **_kwargs: Any) -> None:
    return None


def _same(at: datetime) -> datetime:
    return at
