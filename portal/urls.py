from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

handler400 = "portal.web.errors.bad_request"
handler403 = "portal.web.errors.permission_denied"
handler404 = "portal.web.errors.not_found"
handler500 = "portal.web.errors.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", include("portal.pages.urls")),
        path("", include("regions.urls")),
        path("", include("policies.urls")),
        prefix_default_language=False,
    ),
]
