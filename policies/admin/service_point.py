from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from policies.models import ServicePoint
from portal.publishing.admin.child import ChildAdmin
from portal.publishing.admin.filters import OwnerFilter
from portal.publishing.admin.publication import COLLAPSED


class ServiceOwnerFilter(OwnerFilter):
    path = "service__region"


@admin.register(ServicePoint)
class ServicePointAdmin(ChildAdmin):
    list_display = ("name", "address", "window", "phones", "service", "owner", "last_verified_on")
    list_filter = (ServiceOwnerFilter,)
    list_select_related = ("service__region",)
    form_relations = ("service__region", "service__created_by", "service__updated_by")
    search_fields = ("name", "name_en", "address", "phones", "service__name")
    autocomplete_fields = ("service", "region")
    ordering = ("service", "position", "pk")
    fieldsets = (
        (
            _("办理地点"),
            {
                "fields": (
                    "service",
                    ("name", "name_en"),
                    ("address", "address_en"),
                    ("window", "window_en"),
                    "opening_hours",
                    "phones",
                    "region",
                    "last_verified_on",
                )
            },
        ),
        (
            _("位置与无障碍"),
            {
                "classes": COLLAPSED,
                "fields": (("latitude", "longitude"), ("accessibility", "accessibility_en"), "position"),
            },
        ),
    )

    @admin.display(description=_("所属地区"), ordering="service__region")
    def owner(self, point: ServicePoint) -> str:
        return str(point.service.region)
