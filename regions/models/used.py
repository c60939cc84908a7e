from datetime import datetime
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q

from portal.publishing.models import Publishable, PublishableQuerySet


class UsedQuerySet(PublishableQuerySet):
    """Entries that exist for others (Source, Indicator, Topic): public when a published entry uses them.

    The users are every Publishable with a relation to the type, so a new kind of content joins by declaring its field.
    """

    def published(self, at: datetime | None = None) -> Self:
        return self.in_public_state(at).filter(self.is_used(at))

    def is_used(self, at: datetime | None = None) -> Q:
        """One EXISTS for each type that points here."""
        used = Q(pk__in=[])
        for relation in self.model._meta.related_objects:
            user: Any = relation.related_model
            if not issubclass(user, Publishable) or user is self.model:
                continue
            rows = user.objects.in_public_state(at).filter(**{relation.field.name: OuterRef("pk")})
            used |= Q(Exists(rows))
        return used
