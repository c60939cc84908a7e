"""Cutting Chinese into words; without the segmenter every run stays whole and is found by its pairs all the same."""

import re
from functools import cache
from typing import Any

_RUN = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words of a text in normal form, in order, without spaces and punctuation."""
    runs = _RUN.findall(text)
    cut = _cutter()
    if cut is None:
        return runs
    return [word for run in runs for word in cut(run)]


@cache
def _cutter() -> Any:
    try:
        import rjieba  # noqa: PLC0415 -- slow import, optional dependency
    except ImportError:
        return None
    return rjieba.cut
