"""Who reads what of the log."""

from django.db.models import Q, QuerySet

from portal.publishing.models import AuditEntry
from portal.publishing.rights import is_administrator
from portal.publishing.scope import regions_below
from portal.staff.models import Role, User
from portal.staff.roles import EVERYWHERE, holds, tops


def readable_log(rows: QuerySet[AuditEntry], user: User) -> QuerySet[AuditEntry]:
    """Auditors and administrators read everything, publishers what concerns their regions, everybody what they did."""
    if may_export(user):
        return rows
    own = Q(actor_id=user.pk)
    keys = tops(user, {Role.PUBLISHER})
    if keys is None:
        return rows.filter(own | Q(region_id__isnull=False))
    return rows.filter(own | Q(region_id__in=regions_below(keys)) if keys else own)


def may_export(user: User) -> bool:
    return is_administrator(user) or (user.is_active and holds(user, {Role.AUDITOR}, EVERYWHERE))
