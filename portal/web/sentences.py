"""Sentences that several pages say in the same way."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from portal.web.templatetags.texts import page_language


def join_items(items: list[Any]) -> str:
    """甲、乙和丙; "a, b and c"."""
    words = [str(item) if page_language() != "en" else str(item).lower() for item in items]
    if len(words) < 2:
        return "".join(words)
    return _("、").join(words[:-1]) + _("和") + words[-1]


def unstated(parts: Iterable[tuple[Any, Any]]) -> str:
    """One sentence on what the source leaves open of pairs of value and label; "" when it leaves nothing."""
    missing = [label for value, label in parts if not value]
    return _("来源没有说明%(items)s。") % {"items": join_items(missing)} if missing else ""
