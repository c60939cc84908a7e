"""What the site says of itself, item by item: what staff entered, else the environment's setting, else nothing."""

from collections.abc import Mapping

from django.conf import settings

from portal.staff.models.site_settings import SiteSettings

ENVIRONMENT = {
    "name": "SITE_NAME",
    "name_en": "SITE_NAME_EN",
    "organiser": "SITE_ORGANISER",
    "organiser_en": "SITE_ORGANISER_EN",
    "contact": "SITE_CONTACT",
    "contact_en": "SITE_CONTACT_EN",
    "id_code": "SITE_ID_CODE",
    "icp": "SITE_ICP",
    "police_record": "SITE_POLICE_RECORD",
}
"""Setting of the environment that stands in for an item."""
EXPECTED = ("name_en", "organiser", "organiser_en", "contact", "id_code", "icp", "police_record")
"""What inspectors and readers look for."""


def site_items(entered: Mapping[str, str]) -> dict[str, str]:
    """Every item as it is shown."""
    return {item: entered.get(item) or getattr(settings, setting) for item, setting in ENVIRONMENT.items()}


def entered_items() -> dict[str, str]:
    """What staff entered; one query."""
    return SiteSettings.objects.values(*ENVIRONMENT).first() or {}


def missing_items(entered: Mapping[str, str]) -> list[str]:
    """The labels of items that are nowhere given; an English name of the environment does not translate a name entered here."""
    shown = site_items(entered)
    if entered.get("name") and not entered.get("name_en"):
        shown["name_en"] = ""
    return [str(SiteSettings._meta.get_field(item).verbose_name) for item in EXPECTED if not shown[item]]  # type: ignore[union-attr]  # -- columns only
