from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views import View


class StaffPage(View):
    """A page of the admin that belongs to no one type."""

    admin_site: Any = None
    template: str

    def page(self, request: HttpRequest, status: int = 200, **context: Any) -> HttpResponse:
        return TemplateResponse(request, self.template, {**self.admin_site.each_context(request), **context}, status=status)
