from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from portal.publishing.models import State
from portal.publishing.scope import visible_to
from portal.publishing.workflow.submitting import MOST


@admin.action(description=_("送审所选"), permissions=["change"])
def submit_selected(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponseRedirect:
    """Lead to the page that says what is missing; nothing is written here. An entry with an open change stands for that."""
    user: Any = request.user
    chosen = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
    copies = queryset.model._base_manager.filter(copy_of__in=chosen, state=State.DRAFT)
    opened = dict(visible_to(copies, user).values_list("copy_of", "pk"))
    keys = ",".join(str(opened.get(key, key)) for key in chosen)
    return HttpResponseRedirect(
        f"{reverse('admin:submit')}?{urlencode({'type': queryset.model._meta.label_lower, 'keys': keys})}"
    )
