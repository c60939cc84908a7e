from typing import Any

from portal.publishing.prepared import prepared
from regions.links import all_links, many_links, topic_links
from regions.models import Event, Organisation


@prepared
def event_labels(*, owners: Any) -> Any:
    """The topics and organisers of events."""
    organisers = many_links("organisers", Event, owners, Organisation.objects.published())
    return all_links(topic_links(Event, owners), organisers)
