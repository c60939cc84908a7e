"""The fieldsets every entry ends with."""

from typing import Any

from django.utils.translation import gettext_lazy as _

COLLAPSED = ("collapse",)


def publication(*, owner: bool = True) -> tuple[Any, ...]:
    """What is rarely set is folded away. State and dates are set by publishing."""
    owners = (("region", "applies_below"),) if owner else ("applies_below",)
    return (
        (_("发布"), {"fields": ("slug", *owners, "change_note")}),
        (_("核实"), {"classes": COLLAPSED, "fields": (("last_verified_on", "review_every_days"),)}),
    )
