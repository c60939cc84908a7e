"""Posted rows that are not what the form expects: beyond the count it gives, or deleted by somebody else meanwhile."""

from collections.abc import Iterable

from django.http import QueryDict

CLEARED = ("id", "DELETE")


def revive_lost_rows(data: QueryDict, prefix: str, *, known: set[str]) -> tuple[set[str], list[int]]:
    """Turn posted rows that are no longer stored into new rows, in place, so that their text is kept.

    `known` are the keys stored now. Returns the keys the editor saw, and the numbers the revived rows have afterwards.
    A form whose counts make no sense is left as it is: it is refused anyway.
    """
    try:
        total, initial = int(data.get(f"{prefix}-TOTAL_FORMS", "")), int(data.get(f"{prefix}-INITIAL_FORMS", ""))
    except ValueError:
        return set(), []
    if not 0 <= initial <= total <= 1000:
        return set(), []
    keys = [data.get(f"{prefix}-{number}-id", "") for number in range(initial)]
    lost = [number for number, key in enumerate(keys) if key not in known]
    order = [number for number in range(initial) if number not in lost] + lost + list(range(initial, total))
    if lost:
        _reorder(data, prefix, order)
        first = initial - len(lost)
        data[f"{prefix}-INITIAL_FORMS"] = str(first)
        for number in range(first, initial):
            for name in CLEARED:
                data.pop(f"{prefix}-{number}-{name}", None)
    return set(keys), list(range(initial - len(lost), initial))


def has_rows_beyond(names: Iterable[str], prefix: str, total: int) -> bool:
    """Whether rows were posted that the count leaves out: they would be dropped without a word."""
    numbers = (name.removeprefix(f"{prefix}-").partition("-")[0] for name in names if name.startswith(f"{prefix}-"))
    return any(number.isascii() and number.isdecimal() and int(number[:9]) >= total for number in numbers)


def _reorder(data: QueryDict, prefix: str, order: list[int]) -> None:
    """Renumber rows: row `order[n]` becomes row `n`."""
    places = {str(old): str(new) for new, old in enumerate(order)}
    moved = {}
    for key in [key for key in data if key.startswith(f"{prefix}-")]:
        number, dash, name = key.removeprefix(f"{prefix}-").partition("-")
        if dash and number in places:
            moved[f"{prefix}-{places[number]}-{name}"] = data.pop(key)
    for key, values in moved.items():
        data.setlist(key, values)
