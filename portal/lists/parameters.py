"""What a list address may ask: known names, one value each, of sane length; everything else is refused by name."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

LONGEST_VALUE = 200
LONGEST_LIST = 1000
"""For `cursor`, and for `fields`, which may name them all."""
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd\ufffe\uffff]")


@dataclass
class ParameterError(Exception):
    """One parameter of an address is not understood: `name`, a sentence in the reader's language, the nearest valid name."""

    name: str
    reason: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.reason}{self.hint}"


def read_parameters(query: QueryDict, allowed: Iterable[str]) -> dict[str, str]:
    """Return the given parameters, empty ones left out; ParameterError names the first that cannot be read."""
    known = sorted(allowed)
    values: dict[str, str] = {}
    for name, given in query.lists():
        if name not in known:
            raise unknown_parameter(name, known)
        if len(given) > 1:
            raise ParameterError(
                name, _("参数 %(name)s 出现了 %(count)s 次，只能出现一次。") % {"name": name, "count": len(given)}
            )
        _check_value(name, given[0])
        if value := given[0].strip():
            values[name] = value
    return values


def unknown_parameter(name: str, known: Iterable[str]) -> ParameterError:
    shown = FORBIDDEN.sub("�", name[:40])
    options = list(known)
    if near := difflib.get_close_matches(name[:40], options, n=1, cutoff=0.6):
        return ParameterError(
            shown, _("没有名为 %(name)s 的参数。") % {"name": shown}, _("您是不是要写 %(near)s？") % {"near": near[0]}
        )
    hint = _("可用的参数：%(names)s。") % {"names": _("、").join(options)} if options else _("这个网址不接受参数。")
    return ParameterError(shown, _("没有名为 %(name)s 的参数。") % {"name": shown}, hint)


def _check_value(name: str, value: str) -> None:
    longest = LONGEST_LIST if name in {"cursor", "fields"} else LONGEST_VALUE
    if len(value) > longest:
        raise ParameterError(name, _("参数 %(name)s 太长，最多 %(longest)s 个字符。") % {"name": name, "longest": longest})
    if FORBIDDEN.search(value):
        raise ParameterError(name, _("参数 %(name)s 含有不能显示的字符。") % {"name": name})


def clean_query(values: Mapping[str, str], *, without: Iterable[str] = (), **changes: str) -> str:
    """Return a query string of these values, some left out or changed, in a stable order; "" when nothing is left."""
    kept = {name: value for name, value in values.items() if name not in set(without)} | changes
    query = QueryDict(mutable=True)
    for name in sorted(kept):
        query[name] = kept[name]
    return query.urlencode()
