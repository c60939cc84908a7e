from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views import View

from portal.staff.forms.me import MeForm
from portal.staff.models import User
from portal.staff.roles import role_lines


class MeView(View):
    """A person's own account: name, language and address. The password has a page of its own."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, MeForm(instance=self._me(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        me = self._me(request)
        form = MeForm(request.POST, instance=me)
        if not form.is_valid():
            return self._page(request, form)
        if form.changed_columns:
            me.save(update_fields=form.changed_columns)
            message: Any = [{"changed": {"fields": form.changed_columns}}]
            LogEntry.objects.log_actions(me.pk, [me], CHANGE, message, single_object=True)
        with translation.override(me.language):
            messages.success(request, _("已保存。"))
        return HttpResponseRedirect(reverse("me"))

    def _me(self, request: Any) -> User:
        """A copy, so that a refused name does not show in the header."""
        return User.objects.get(pk=request.user.pk)

    def _page(self, request: HttpRequest, form: MeForm) -> HttpResponse:
        context = {
            **admin.site.each_context(request),
            "title": _("我的账号"),
            "form": form,
            "person": form.instance,
            "roles": role_lines(form.instance),
        }
        return TemplateResponse(request, "registration/me.html", context)
