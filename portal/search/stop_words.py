"""Words that say nothing of what is looked for."""

from pathlib import Path

_LINES = (Path(__file__).parent / "data" / "stop_words.txt").read_text(encoding="utf-8").splitlines()


def _words(group: str) -> frozenset[str]:
    return frozenset(word for line in _LINES if line.startswith(f"{group} ") for word in line.split()[1:])


EMPTY = _words("empty")
"""A query of these alone asks for nothing."""
STOP_WORDS = EMPTY | _words("stop")
VERBS = _words("verbs")
"""Single characters left over when a question is cut into words."""
VAGUE = _words("vague")
"""Words that are left out beside two others."""
