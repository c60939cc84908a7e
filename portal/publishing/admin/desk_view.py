"""Task lists, whole."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse

from portal.publishing.admin.staff_page import StaffPage
from portal.publishing.desk.lists import find_list, lists_for
from portal.publishing.desk.task import Task

PAGE = 50


class TasksView(StaffPage):
    template = "admin/desk/tasks.html"

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        user: Any = request.user
        found = find_list(name)
        if found is None:
            raise Http404
        if not found.is_for(user):
            raise PermissionDenied
        page = Paginator(found.rows(user), PAGE).get_page(request.GET.get("p"))
        tasks = [Task(*row) for row in page]
        return self.page(request, title=found.label, list=found, lists=lists_for(user), page=page, tasks=tasks)
