from typing import Any

from portal.publishing.prepared import prepared
from regions.models import Photo, PhotoUse


def photos_of(entry: Any) -> list[PhotoUse]:
    """The public photos an entry shows, in its order; one query."""
    return _photos(entry._meta.app_label, entry._meta.model_name, owner=entry.pk)


@prepared
def _photos(app: str, model: str, *, owner: Any) -> Any:
    """The type is matched by name: Django's cache of content types would make the number of queries depend on what ran before."""
    uses = PhotoUse.objects.filter(
        Photo.objects.published().linked_from("photo"), entry_type__app_label=app, entry_type__model=model, entry_id=owner
    )
    return uses.select_related("photo__source").order_by("position", "pk")
