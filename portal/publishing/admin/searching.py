"""What the search box of a list finds: what the index finds, and rows whose own columns hold the words, drafts too."""

import re
from collections.abc import Iterable
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q, QuerySet

from portal.search.searching import matching
from portal.text.normal_form import normal_form

LONGEST, MOST_WORDS = 100, 8
_RUN = re.compile(r"[^\W_]+")


def found_rows(
    rows: QuerySet[Any], columns: Iterable[str], text: str, *, more: Q | None = None, in_index: bool = False
) -> QuerySet[Any]:
    """Each row once, whatever a path in `columns` leads to. `more` is another way to be found."""
    typed = text[:LONGEST]
    if not typed.strip():
        return rows
    held = rows.model._base_manager.filter(_held(typed, list(columns)) | (more or Q(pk__in=[])))
    found = Q(pk__in=held.values("pk"))
    return rows.filter(found | matching(typed, rows.model._meta.label_lower) if in_index else found)


def _held(typed: str, columns: list[str]) -> Q:
    """Every word stands somewhere: as it is typed, or whatever its width, case and punctuation."""
    return reduce(and_, (_word(word, columns) for word in typed.split()[:MOST_WORDS]))


def _word(word: str, columns: list[str]) -> Q:
    runs = _RUN.findall(normal_form(word))
    plain = _somewhere(word, columns)
    return plain | reduce(and_, (_somewhere(run, columns) for run in runs)) if runs else plain


def _somewhere(text: str, columns: list[str]) -> Q:
    return reduce(or_, (Q(**{f"{column}__icontains": text}) for column in columns))
