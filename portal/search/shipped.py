"""The synonyms that come with the portal; staff change them as they like."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
FILES = ("synonyms.txt", "districts.txt")


def shipped_pairs() -> Iterator[dict[str, Any]]:
    """The columns of each row: `term = others` finds both ways, `term > others` only from left to right."""
    for name in FILES:
        for line in (DATA / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                term, sign, others = line.split(" ", 2)
                yield {"term": term, "equivalents": others.strip(), "both_ways": sign == "="}


def ship_synonyms(model: Any) -> None:
    """Add the pairs whose term is not there yet."""
    model.objects.bulk_create([model(**one) for one in shipped_pairs()], ignore_conflicts=True)
