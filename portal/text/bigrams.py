"""What a text is found by: each pair of neighbouring letters, characters or digits, and each word of ASCII."""

import re
from itertools import pairwise

_RUN = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[0-9a-z]{3,32}", re.ASCII)


def bigrams(text: str) -> set[str]:
    """Every pair of neighbours, the last character of every run by itself, and words and numbers of three characters and more.

    So whatever stands in the text is found by its pairs, and a single character by what begins with it.
    """
    found = set(_WORD.findall(text))
    for run in _RUN.findall(text):
        found.update(map("".join, pairwise(run)))
        found.add(run[-1])
    return found


def asked_bigrams(text: str) -> list[str]:
    """What a text that contains this one surely holds, in order; a `*` marks the beginning of something longer."""
    found: dict[str, None] = {}
    for run in _RUN.findall(text):
        found |= dict.fromkeys([f"{run}*"] if len(run) == 1 else map("".join, pairwise(run)))
    return list(found)


def asked_words(text: str) -> list[str]:
    """The same of a text in which words and numbers stand whole: they tell much more than their pairs."""
    found: dict[str, None] = {}
    for run in _RUN.findall(text):
        words = [(match.start(), match.end()) for match in _WORD.finditer(run)]
        found |= dict.fromkeys(run[start:end] for start, end in words)
        pairs = [at for at in range(len(run) - 1) if not any(start <= at and at + 1 < end for start, end in words)]
        found |= dict.fromkeys(run[at : at + 2] for at in pairs)
        if len(run) == 1:
            found[f"{run}*"] = None
    return list(found)


def squeezed(text: str) -> str:
    """Without spaces and punctuation."""
    return "".join(_RUN.findall(text))
