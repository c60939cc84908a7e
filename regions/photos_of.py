from typing import Any

from django.db.models import QuerySet

from regions.models import Photo, PhotoUse


def photos_of(entry: Any) -> QuerySet[PhotoUse]:
    """The public photos an entry shows, in its order; one query.

    The type is matched by name: Django's cache of content types would make the number of queries depend on what ran before.
    """
    return (
        PhotoUse.objects.filter(
            Photo.objects.published().linked_from("photo"),
            entry_type__app_label=entry._meta.app_label,
            entry_type__model=entry._meta.model_name,
            entry_id=entry.pk,
        )
        .select_related("photo__source")
        .order_by("position", "pk")
    )
