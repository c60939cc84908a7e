"""Bringing a working copy up to a live entry that changed meanwhile: what only one side changed is taken from that side."""

from collections.abc import Iterator, Mapping
from typing import Any

from portal.publishing.aggregate import Snapshot

MISSING = object()


def merge(base: Snapshot, ours: Snapshot, theirs: Snapshot) -> tuple[Snapshot, list[str]]:
    """Both changes of one base, and the places where both changed the same to different values; there ours stands.

    A place is `columns.<name>`, `relations.<name>`, or `rows.<set>.<identity>` and for one value of a row `….<column>`.
    """
    clashes: list[str] = []
    return _merge(base, ours, theirs, "", clashes), clashes


def _merge(base: Any, ours: Any, theirs: Any, place: str, clashes: list[str]) -> Any:
    if theirs == base or ours == theirs:
        return ours
    if ours == base:
        return theirs
    if _may_open(base, ours, theirs, place):
        merged = {
            name: _merge(before, own, other, f"{place}.{name}" if place else name, clashes)
            for name, before, own, other in _sides(base, ours, theirs)
        }
        return {name: value for name, value in merged.items() if value is not MISSING}
    if place.startswith("relations."):
        return sorted(name for name in {*ours, *theirs} if (name in ours and name in theirs) or name not in base)
    clashes.append(place)
    return ours if ours is not MISSING else theirs


def _may_open(base: Any, ours: Any, theirs: Any, place: str) -> bool:
    """A JSON document inside a column is one value, but for what translations were made from."""
    is_value = (place.startswith("columns.") or place.count(".") >= 3) and not place.endswith(".translated_from")
    return not is_value and all(isinstance(side, Mapping) for side in (base, ours, theirs))


def _sides(base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any, Any]]:
    for name in sorted({*base, *ours, *theirs}):
        yield name, base.get(name, MISSING), ours.get(name, MISSING), theirs.get(name, MISSING)
