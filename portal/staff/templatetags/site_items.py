from django import template

from portal.staff.site_items import entered_items, missing_items

register = template.Library()


@register.simple_tag
def missing_site_items() -> list[str]:
    """What the site does not say of itself yet; one query."""
    return missing_items(entered_items())
