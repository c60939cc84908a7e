from collections.abc import Mapping, Set
from typing import Any

from django.db.models import Q

from portal.publishing.aggregate import identity_field
from portal.publishing.models import Child, in_public_state
from portal.publishing.scope import visible


def known_names(named: Mapping[Any, Set[str]], user: Any) -> dict[str, str]:
    """What to call other entries and rows, by identity: those the user sees, and public ones; one query a model."""
    found: dict[str, str] = {}
    for model, identities in named.items():
        owner = f"{model.parent_field}__" if issubclass(model, Child) else ""
        seen = visible(model, user) | in_public_state(path=owner)
        live = Q(**{f"{owner}copy_of__isnull": True})
        name = identity_field(model)
        rows = model._base_manager.filter(seen & live, **{f"{name}__in": identities})
        found |= {str(getattr(row, name)): str(row) for row in rows}
    return found
