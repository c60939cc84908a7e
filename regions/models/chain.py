from typing import Any


def leads_back(entry: Any, name: str) -> bool:
    """Whether following a relation to the entry's own type comes round in a circle; one query a level."""
    seen = {entry.pk} if entry.pk else set()
    above = getattr(entry, name)
    while above is not None:
        if above.pk in seen:
            return True
        seen.add(above.pk)
        above = getattr(above, name)
    return False
