"""Ranks: 第一, 第3名, 首位. A rank is a place in an order, never an amount."""

import re

from django.utils.translation import gettext as _

from portal.text.errors import TextError, quote, require_length
from portal.text.numbers import read_whole
from portal.text.width import narrow

MAX_RANK_LENGTH = 16
MAX_RANK = 9_999

_RANK = re.compile(r"\s*第\s*([^\s名位]{1,8})\s*[名位]?\s*")
_FIRST = frozenset({"首位", "榜首"})


def parse_rank(text: str) -> int:
    """Read a rank from 1 to 9999; `TextError` (codes `too_long`, `rank`) for anything else."""
    require_length(text, MAX_RANK_LENGTH, _("名次"))
    if text.strip() in _FIRST:
        return 1
    match = _RANK.fullmatch(narrow(text))
    try:
        rank = read_whole(match[1]) if match else 0
    except TextError:
        rank = 0
    if not 1 <= rank <= MAX_RANK:
        raise TextError(_("%(text)s不是名次。请写“第”加数字，例如“第一”“第3名”。") % {"text": quote(text)}, code="rank")
    return rank
