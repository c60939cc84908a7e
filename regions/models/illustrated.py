from django.contrib.contenttypes.fields import GenericRelation
from django.db import models


class Illustrated(models.Model):
    """Mixin: an entry that shows photos, in its own order."""

    photo_uses = GenericRelation("regions.PhotoUse", content_type_field="entry_type", object_id_field="entry_id")

    class Meta:
        abstract = True
