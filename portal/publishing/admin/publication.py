"""The fieldsets every entry ends with."""

from typing import Any

from django.utils.translation import gettext_lazy as _

COLLAPSED = ("collapse",)


def publication(*, owner: bool = True) -> tuple[Any, ...]:
    """State first, what is rarely set folded away."""
    owners = (("region", "applies_below"),) if owner else ("applies_below",)
    return (
        (_("发布"), {"fields": ("slug", *owners, "state", "change_note", "withdrawn_reason")}),
        (
            _("公开时间与核实"),
            {"classes": COLLAPSED, "fields": (("visible_from", "visible_until"), ("last_verified_on", "review_every_days"))},
        ),
    )
