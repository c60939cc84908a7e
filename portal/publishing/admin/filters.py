from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.publishing.admin.picker import KEY
from portal.publishing.scope import visible_to
from portal.staff.roles import region_model


class OwnerFilter(SimpleListFilter):
    """The regions whose rows the user may see."""

    title = _("所属地区")
    parameter_name = "region"
    path = "region"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        user: Any = request.user
        rows = visible_to(region_model()._default_manager.filter(copy_of__isnull=True), user)
        return [(str(pk), name) for pk, name in rows.values_list("pk", "short_name")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if not value:
            return queryset
        return queryset.filter(Q(**{self.path: value})) if KEY.fullmatch(value) else queryset.none()
