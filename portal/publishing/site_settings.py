from typing import Any

from django.db import transaction

from portal.publishing.audit import changed, record
from portal.publishing.lifecycle import StaleVersionError
from portal.publishing.models import AuditEntry, ContentState
from portal.staff.models import SiteSettings
from portal.staff.site_items import ENVIRONMENT

UNSAVED_VERSION = 0


def stored_settings() -> SiteSettings:
    """The one row, or what it is before anybody entered anything."""
    return SiteSettings.objects.select_related("updated_by").first() or SiteSettings(pk=1, version=UNSAVED_VERSION)


@transaction.atomic
def save_site_settings(row: SiteSettings, *, by: Any, expected_version: int | None) -> None:
    """Write what the site says of itself; every public answer is new from then on.

    Raises StaleVersionError, with nothing written, when the stored version is not the expected one. Taking the number of
    the change first locks out whoever saves at the same time.
    """
    ContentState.next_seq()
    stored = stored_settings()
    if stored.version != expected_version:
        raise StaleVersionError(row)
    row.version = stored.version + 1
    row.updated_by = by
    row.save()
    before, after = changed(_items(stored), _items(row))
    record(AuditEntry.Action.SETTINGS_SAVED, row, by=by, before=before, after=after)


def _items(row: SiteSettings) -> dict[str, str]:
    return {item: getattr(row, item) for item in ENVIRONMENT}
