"""What a text is found by: each pair of neighbouring letters, characters or digits."""

import itertools
import re

_RUN = re.compile(r"[^\W_]+")


def bigrams(text: str) -> set[str]:
    """Every pair of neighbours, and the last character of every run by itself.

    So whatever stands in the text is found by its pairs, and a single character by what begins with it.
    """
    found: set[str] = set()
    for run in _RUN.findall(text):
        found.update(map("".join, itertools.pairwise(run)))
        found.add(run[-1])
    return found


def asked_bigrams(text: str) -> list[str]:
    """What a text that contains this one surely holds, in order; a `*` marks the beginning of something longer."""
    found: dict[str, None] = {}
    for run in _RUN.findall(text):
        if len(run) == 1:
            found[f"{run}*"] = None
        else:
            found |= dict.fromkeys(map("".join, itertools.pairwise(run)))
    return list(found)


def squeezed(text: str) -> str:
    """Without spaces and punctuation."""
    return "".join(_RUN.findall(text))
