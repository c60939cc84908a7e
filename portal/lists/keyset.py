"""Keyset paging: one function for pages and API, as fast at the end of a million rows as at the start.

The condition is a plain bound on the first key AND the lexicographic OR over all keys: the bound lets the database seek.
Every key is NOT NULL and the last one unique, so forward and back show each row once.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.lists.parameters import FORBIDDEN, ParameterError

LARGEST_INTEGER = 2**63


@dataclass(frozen=True, slots=True)
class Ordering:
    """A named order of a list. `keys` are field paths, "-" for descending; the last is unique."""

    name: str
    label: str | Promise
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list: the keys of a row, and whether to read the rows after it or before it."""

    values: tuple[Any, ...]
    is_backward: bool = False


@dataclass(frozen=True, slots=True)
class KeysetPage:
    """Rows in reading order, and the tokens of the neighbouring pages (None at an end)."""

    rows: list[Any]
    next: str | None
    previous: str | None


def keyset_rows(rows: models.QuerySet[Any], ordering: Ordering, *, limit: int, cursor: Cursor | None = None) -> Any:
    """The query of one page, in the order of reading away from the cursor, with one row more where there are more."""
    is_backward = cursor is not None and cursor.is_backward
    columns = [_flip(key) if is_backward else key for key in ordering.keys]
    rows = rows.order_by(*columns)
    if cursor is not None:
        rows = rows.filter(_beyond(columns, cursor.values))
    return rows[: limit + 1]


def keyset_page(
    rows: Iterable[Any], ordering: Ordering, *, limit: int, cursor: Cursor | None = None, filters: str = ""
) -> KeysetPage:
    """The page of `keyset_rows`. The tokens of its neighbours are bound to `ordering` and `filters`."""
    is_backward = cursor is not None and cursor.is_backward
    found = list(rows)
    has_more = len(found) > limit
    found = found[:limit]
    if is_backward:
        found.reverse()
    return _page(found, ordering, filters, has_more=has_more, cursor=cursor)


def _page(found: list[Any], ordering: Ordering, filters: str, *, has_more: bool, cursor: Cursor | None) -> KeysetPage:
    if not found:
        return KeysetPage([], None, None)
    is_backward = cursor is not None and cursor.is_backward
    has_next = is_backward or has_more
    has_previous = has_more if is_backward else cursor is not None
    return KeysetPage(
        found,
        _encode(Cursor(_values(found[-1], ordering)), type(found[-1]), ordering, filters) if has_next else None,
        _encode(Cursor(_values(found[0], ordering), is_backward=True), type(found[0]), ordering, filters)
        if has_previous
        else None,
    )


def _flip(key: str) -> str:
    return key[1:] if key.startswith("-") else f"-{key}"


def _beyond(columns: list[str], values: tuple[Any, ...]) -> Q:
    first, descending = columns[0].lstrip("-"), columns[0].startswith("-")
    bound = Q(**{f"{first}__{'lte' if descending else 'gte'}": values[0]})
    condition = Q(pk__in=[])
    for column, value in reversed(list(zip(columns, values, strict=True))):
        condition = _after(column, value, condition)
    return bound & condition


def _after(column: str, value: Any, rest: Q) -> Q:
    name = column.lstrip("-")
    return Q(**{f"{name}__{'lt' if column.startswith('-') else 'gt'}": value}) | (Q(**{name: value}) & rest)


def _values(row: Any, ordering: Ordering) -> tuple[Any, ...]:
    return tuple(reduce(getattr, key.lstrip("-").split("__"), row) for key in ordering.keys)


def _seal(model: type[models.Model], ordering: Ordering, filters: str) -> str:
    return hashlib.blake2s(f"{model._meta.label}\n{ordering.name}\n{filters}".encode(), digest_size=6).hexdigest()


def _encode(cursor: Cursor, model: type[models.Model], ordering: Ordering, filters: str) -> str:
    content = [_seal(model, ordering, filters), int(cursor.is_backward), *map(_plain, cursor.values)]
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def read_cursor(token: str, model: type[models.Model], ordering: Ordering, filters: str = "") -> Cursor | None:
    """Return the place a token stands for, None for ""; ParameterError unless it comes from this ordering and these filters."""
    if not token:
        return None
    bad = ParameterError("cursor", _("翻页位置 cursor 无法识别，请从第一页重新开始。"))
    try:
        content = json.loads(base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True))
        seal, is_backward, *values = content
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise bad from error
    if seal != _seal(model, ordering, filters):
        raise ParameterError("cursor", _("翻页位置 cursor 属于另一种筛选或排序，请从第一页重新开始。"))
    if is_backward not in (0, 1) or len(values) != len(ordering.keys):
        raise bad
    return Cursor(
        tuple(_typed(model, key, value, bad) for key, value in zip(ordering.keys, values, strict=True)), bool(is_backward)
    )


def _typed(model: type[models.Model], key: str, value: Any, bad: ParameterError) -> Any:
    *path, name = key.lstrip("-").split("__")
    for step in path:
        model = model._meta.get_field(step).related_model  # type: ignore[assignment]  # -- keys follow foreign keys only
    field: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
    if isinstance(field, models.DateTimeField) and not str(value).endswith("+00:00"):
        raise bad
    try:
        typed = field.to_python(value)
    except (ValidationError, ValueError, TypeError, OverflowError) as error:
        raise bad from error
    # What this module wrote reads back unchanged, so "2" for 2, a null or a number beyond the column were made by hand.
    if _plain(typed) != value or isinstance(value, bool | float) or typed is None or FORBIDDEN.search(str(value)):
        raise bad
    if isinstance(typed, int) and abs(typed) >= LARGEST_INTEGER:
        raise bad
    return typed
