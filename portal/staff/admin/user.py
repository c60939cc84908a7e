from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin import ShowFacets
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.staff.admin.grants import GrantRows
from portal.staff.administrators import is_last_administrator
from portal.staff.forms.person import InviteForm, PersonChangeForm
from portal.staff.links import INVITATION_LIFE, invitation_link, renew_invitation
from portal.staff.mail import mail_invitation
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
    list_display = ("username", "display_name", "roles", "language", "is_staff", "is_superuser", "is_active", "last_login")
    list_filter = ("is_staff", "is_superuser", "is_active", "grants__role")
    list_select_related = False
    search_fields = ("username", "display_name", "email")
    inlines = (GrantRows,)
    filter_horizontal = ()
    ordering = ("username",)
    form = PersonChangeForm
    add_form = InviteForm
    add_form_template = "admin/staff/user/add_form.html"
    date_hierarchy = "date_joined"
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("个人"), {"fields": ("display_name", "language", "email")}),
        (_("权限"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("时间"), {"classes": ("collapse",), "fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("username", "display_name", "email", "language"),
            },
        ),
    )

    @admin.display(description=_("角色"))
    def roles(self, user: User) -> str:
        return gettext("、").join(str(grant) for grant in user.grants.all())

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("grants__region")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nobody raises or lowers their own rights."""
        is_own = obj is not None and obj.pk == request.user.pk
        return (*super().get_readonly_fields(request, obj), *(("is_superuser",) if is_own else ()))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, lacking, [*protected, *self._keeping(request, objs)]

    def _keeping(self, request: HttpRequest, people: Any) -> list[str]:
        """Sentences that keep whoever deletes and the last administrator."""
        found = []
        if any(person.pk == request.user.pk for person in people):
            found.append(gettext("您自己的账号：不能删除自己，请让另一位网站管理员来做。"))
        with transaction.atomic():
            found += [gettext("最后一个网站管理员：请先指定另一位。") for person in people if is_last_administrator(person)]
        return found

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for grant in formset.save(commit=False):
            grant.granted_by = request.user
            grant.save()
        for grant in formset.deleted_objects:
            grant.delete()
        formset.save_m2m()

    def get_urls(self) -> list[Any]:
        invite = path("<int:pk>/invitation/", self.admin_site.admin_view(self.invitation_view), name="staff_user_invitation")
        return [invite, *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Whoever is closed before setting a password is not let in by the old link when opened again."""
        if change and not obj.is_active and not obj.has_usable_password():
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> Any:
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return self._show_link(request, obj, invitation_link(obj))

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        tools = []
        if object_id.isascii() and object_id.isdigit() and int(object_id) != request.user.pk:
            tools = [(_("签发邀请链接"), reverse("admin:staff_user_invitation", args=[object_id]))]
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "tools": tools})

    def invitation_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what a new link does; when asked by POST, give it."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        user = self.get_object(request, str(pk))
        if user is None:
            raise Http404
        can_invite = user.is_active and user.is_staff and user != request.user
        if request.method != "POST" or not can_invite:
            context = self._context(request, user) | {"can_invite": can_invite}
            return TemplateResponse(request, "admin/staff/user/invitation.html", context)
        link = renew_invitation(user)
        self.log_change(request, user, str(_("签发邀请链接")))
        return self._show_link(request, user, link)

    def _show_link(self, request: HttpRequest, user: User, link: str) -> HttpResponse:
        """The one time the link is shown: it is in no message, session or log."""
        is_mailed = mail_invitation(user, link) if settings.SENDS_MAIL and user.email else None
        until = timezone.now() + INVITATION_LIFE
        context = self._context(request, user) | {"link": link, "until": until, "is_mailed": is_mailed, "can_invite": True}
        return TemplateResponse(request, "admin/staff/user/invitation.html", context)

    def _context(self, request: HttpRequest, user: User) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, "person": user, "title": _("邀请链接")}


admin.site.unregister(Group)
