from typing import Any

from portal.publishing.prepared import prepared
from regions.models import Figure

MOST = 60


@prepared
def figures_beside(relation: str, /, *, owner: Any) -> Any:
    """The public figures that an entry is shown with; `relation` is the figure's name for such entries, e.g. "events"."""
    return Figure.objects.published().filter(**{relation: owner}).for_list().order_by("indicator__position", "pk")[:MOST]
