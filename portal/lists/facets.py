"""How many entries each choice of each filter would leave: one query for all filters of a list, once a content version."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Count, F, Q, Value
from django.db.models.functions import Cast

from portal.publishing.kept import Kept
from portal.publishing.models.change import ContentVersion
from portal.publishing.prepared import Slot, prepared

if TYPE_CHECKING:
    from portal.lists.filterset import PublicFilterSet

TOTAL = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter whose choices are counted. Paths give the value, its two labels and one more column where a caller needs it.

    `only` limits what is counted, asked anew each time because it may depend on the moment.
    """

    name: str
    value: str
    label: str = ""
    label_en: str = ""
    extra: str = ""
    only: Callable[[], Q] | None = None


@dataclass(frozen=True, slots=True)
class FacetCount:
    value: str
    label: str
    label_en: str
    extra: str
    count: int


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """`total` is the size of the list itself; `choices` holds the counts of each facet, largest first."""

    total: int
    choices: dict[str, list[FacetCount]] = field(default_factory=dict)


_kept = Kept()


def facet_counts(filterset: "PublicFilterSet", facets: Iterable[Facet], version: ContentVersion | None = None) -> FacetCounts:
    """Count the list and the choices of its facets: one query, a branch for each facet; none where `version` was counted before."""
    counted = tuple(facets)
    asked = *filterset.shape, tuple(filterset.slots.items()), counted
    return _kept.get(version, asked, lambda: _count(filterset, counted))


def _count(filterset: "PublicFilterSet", counted: tuple[Facet, ...]) -> FacetCounts:
    counts = FacetCounts(0, {facet.name: [] for facet in counted})
    size = 0
    for name, value, label, label_en, extra, count in _count_rows(*filterset.shape, counted, **filterset.slots):
        if name == TOTAL:
            size += count
        elif value:
            counts.choices[name].append(FacetCount(value, label, label_en, extra, count))
    for found in counts.choices.values():
        found.sort(key=lambda choice: (-choice.count, choice.value))
    return FacetCounts(size, counts.choices)


@prepared
def _count_rows(
    filterset: Any, rows: Any, values: tuple[tuple[str, str], ...], facets: tuple[Facet, ...], /, **slots: Slot
) -> Any:
    found = filterset.again(values, rows, slots)
    total = _branch(found.rows(), Facet(TOTAL, ""))
    branches = [_branch(found.without(facet.name), facet) for facet in facets]
    return total.union(*branches, all=True) if branches else total


def _branch(rows: Any, facet: Facet) -> Any:
    if facet.only is not None:
        rows = rows.filter(facet.only())
    return (
        rows.order_by()
        .annotate(
            facet_name=Value(facet.name, CharField()),
            facet_value=_text(facet.value),
            facet_label=_text(facet.label),
            facet_label_en=_text(facet.label_en),
            facet_extra=_text(facet.extra),
        )
        .values("facet_name", "facet_value", "facet_label", "facet_label_en", "facet_extra")
        .annotate(facet_count=Count("pk", distinct=True))
        .values_list("facet_name", "facet_value", "facet_label", "facet_label_en", "facet_extra", "facet_count")
    )


def _text(path: str) -> Any:
    return Cast(F(path), CharField()) if path else Value("", CharField())
