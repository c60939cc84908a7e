from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin import ShowFacets
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.staff.models import User

if TYPE_CHECKING:
    BaseUserAdmin = UserAdmin[User]
else:
    BaseUserAdmin = UserAdmin


class SuperusersOnly:
    """Nobody else sees or edits accounts, so nobody raises their own rights."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._is_superuser(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_superuser(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_superuser(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_superuser(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_superuser(request)

    def _is_superuser(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and getattr(request.user, "is_superuser", False))


@admin.register(User)
class StaffUserAdmin(SuperusersOnly, BaseUserAdmin):
    show_facets = ShowFacets.NEVER
    list_display = ("username", "display_name", "region", "language", "is_staff", "is_superuser", "is_active", "last_login")
    list_filter = ("is_staff", "is_superuser", "is_active", "groups")
    list_select_related = ("region",)
    search_fields = ("username", "display_name", "email")
    autocomplete_fields = ("region",)
    ordering = ("username",)
    date_hierarchy = "date_joined"
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("个人"), {"fields": ("display_name", "language", "email")}),
        (_("权限"), {"fields": ("region", "is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        (_("时间"), {"classes": ("collapse",), "fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("username", "usable_password", "password1", "password2", "display_name", "region", "is_staff"),
            },
        ),
    )


admin.site.unregister(Group)


@admin.register(Group)
class SuperuserGroupAdmin(SuperusersOnly, GroupAdmin):
    show_facets = ShowFacets.NEVER
    list_display = ("name",)
    list_select_related = False
    autocomplete_fields = ()
