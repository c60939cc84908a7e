from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from portal.publishing.workflow.submitting import MOST


@admin.action(description=_("送审所选"), permissions=["change"])
def submit_selected(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponseRedirect:
    """Lead to the page that says what is missing; nothing is written here."""
    keys = queryset.order_by("pk").values_list("pk", flat=True)[: MOST + 1]
    query = urlencode({"type": queryset.model._meta.label_lower, "keys": ",".join(str(key) for key in keys)})
    return HttpResponseRedirect(f"{reverse('admin:submit')}?{query}")
