from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

import policies.api.urls
import regions.api.urls
from portal.api.schema_file import schema_view

handler400 = "portal.web.errors.bad_request"
handler403 = "portal.web.errors.permission_denied"
handler404 = "portal.web.errors.not_found"
handler500 = "portal.web.errors.server_error"

api = [*regions.api.urls.urlpatterns, *policies.api.urls.urlpatterns, path("schema/", schema_view, name="schema")]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include((api, "api"))),
    *i18n_patterns(
        path("", include("portal.pages.urls")),
        path("", include("regions.urls")),
        path("", include("policies.urls")),
        prefix_default_language=False,
    ),
]
