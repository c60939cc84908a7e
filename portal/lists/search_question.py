"""What a search address asks, read alike for the page and the API."""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.lists.filters import SLUG
from portal.lists.parameters import ParameterError, clean_query, read_parameters
from portal.publishing.prepared import Slot, prepared
from portal.search.filters import Filters
from portal.search.searching import DEEPEST, Found, search

WORDS, AS_TYPED, CURSOR = "q", "as_typed", "cursor"
FILTERS = ("region", "topic", "type", "validity")
PARAMETERS = (WORDS, AS_TYPED, CURSOR, *FILTERS)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What can be asked for: types of entries by their plural, of which "regions" and "topics" are two, and statuses."""

    kinds: Mapping[str, Any]
    statuses: tuple[str, ...]

    def plural_of(self, label: str) -> str:
        return next(plural for plural, model in self.kinds.items() if model.type_label() == label)


@dataclass(frozen=True)
class SearchQuestion:
    """`values`: what was given, without the place in the list."""

    values: dict[str, str]
    filters: Filters
    offset: int

    @classmethod
    def read(cls, query: QueryDict, vocabulary: Vocabulary, *, others: Iterable[str] = ()) -> "SearchQuestion":
        """ParameterError for what is not understood. One query for a region, one for a topic."""
        given = read_parameters(query, [*PARAMETERS, *others])
        values = {name: value for name, value in given.items() if name in PARAMETERS and name != CURSOR}
        if values.get(AS_TYPED, "yes") != "yes":
            raise ParameterError(AS_TYPED, _("参数 %(name)s 只能是：%(names)s。") % {"name": AS_TYPED, "names": "yes"})
        filters = _read_filters(values, vocabulary)
        return cls(values, filters, _read_place(given.get(CURSOR, ""), clean_query(values)))

    @property
    def text(self) -> str:
        return self.values.get(WORDS, "")

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The filters that are set."""
        return {name: self.values[name] for name in FILTERS if name in self.values}

    def find(self, limit: int, *, with_cells: bool) -> Found:
        is_free = AS_TYPED not in self.values
        return search(self.text, filters=self.filters, offset=self.offset, limit=limit, with_cells=with_cells, correct=is_free)

    def next(self, found: Found, limit: int) -> str:
        """The cursor of the page after this one, "" at the end."""
        following = self.offset + limit
        is_more = following < found.total or found.is_capped
        return self._place(following) if is_more and following <= DEEPEST else ""

    def previous(self, limit: int) -> str:
        return self._place(max(0, self.offset - limit)) if self.offset else ""

    def _place(self, offset: int) -> str:
        text = json.dumps([_seal(clean_query(self.values)), offset], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def _read_place(token: str, asked: str) -> int:
    if not token:
        return 0
    bad = ParameterError(CURSOR, _("翻页位置 cursor 无法识别，请从第一页重新开始。"))
    try:
        seal, offset = json.loads(base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise bad from error
    if seal != _seal(asked):
        raise ParameterError(CURSOR, _("翻页位置 cursor 属于另一种筛选或排序，请从第一页重新开始。"))
    if type(offset) is not int or not 0 <= offset <= DEEPEST:
        raise bad
    return offset


def _seal(asked: str) -> str:
    return hashlib.blake2s(f"search\n{asked}".encode(), digest_size=6).hexdigest()


def _read_filters(values: Mapping[str, str], vocabulary: Vocabulary) -> Filters:
    kind, status = _one_of("type", values, vocabulary.kinds), _one_of("validity", values, vocabulary.statuses)
    region, *above = _region_keys(values["region"], vocabulary.kinds["regions"]) if "region" in values else (0,)
    return Filters(
        kinds=(vocabulary.kinds[kind].type_label(),) if kind else (),
        region=region,
        above=tuple(above),
        topics=(_topic_key(values["topic"], vocabulary.kinds["topics"]),) if "topic" in values else (),
        statuses=(status,) if status else (),
    )


def _one_of(name: str, values: Mapping[str, str], known: Iterable[str]) -> str:
    value = values.get(name, "")
    if value and value not in known:
        words = {"name": name, "names": _("、").join(known)}
        raise ParameterError(name, _("参数 %(name)s 只能是：%(names)s。") % words)
    return value


def _region_keys(slug: str, model: Any) -> list[int]:
    """The key of a public region, then those of the public regions above it."""
    found = dict(_line(model, slug=_checked("region", slug)))
    if slug not in found:
        raise _unknown("region", slug)
    return [found.pop(slug), *found.values()]


def _topic_key(slug: str, model: Any) -> int:
    for key in _keys(model, slug=_checked("topic", slug)):
        return int(key)
    raise _unknown("topic", slug)


def _checked(name: str, slug: str) -> str:
    if not SLUG.fullmatch(slug):
        words = {"name": name, "why": _("这里要写网址名，只有小写字母、数字和连字符，例如 housing。")}
        raise ParameterError(name, _("参数 %(name)s 的值不对：%(why)s") % words)
    return slug


def _unknown(name: str, slug: str) -> ParameterError:
    return ParameterError(name, _("参数 %(name)s 的值 %(value)s 不存在。") % {"name": name, "value": slug})


@prepared
def _line(model: Any, /, *, slug: Slot) -> Any:
    public = model.objects.published()
    return public.filter(Q(slug=slug) | Q(pk__in=public.above(slug).values("pk"))).values_list("slug", "pk")


@prepared
def _keys(model: Any, /, *, slug: Slot) -> Any:
    return model.objects.published().filter(slug=slug).values_list("pk", flat=True)
