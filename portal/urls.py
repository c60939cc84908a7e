from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

import policies.api.urls
import portal.pages.urls
import regions.api.urls
import regions.urls
from policies.models.validity import Validity
from portal.api.changes import changes_route, listed_entries
from portal.api.index import index_of
from portal.api.schema_file import schema_view
from portal.api.search import search_route
from portal.lists.search_question import Vocabulary
from portal.pages.reference import EndpointPage, ReferencePage
from portal.pages.search import SearchPage, SuggestView

handler400 = "portal.web.errors.bad_request"
handler403 = "portal.web.errors.permission_denied"
handler404 = "portal.web.errors.not_found"
handler500 = "portal.web.errors.server_error"

records = [*regions.api.urls.urlpatterns, *policies.api.urls.urlpatterns]
vocabulary = Vocabulary(listed_entries(records), tuple(Validity.values))
api = [*records, changes_route(records), search_route(vocabulary), path("schema/", schema_view, name="schema")]
api_index = path("", index_of(str(pattern.name) for pattern in api), name="index")
region_pages = [*regions.urls.urlpatterns, *portal.pages.urls.region_urlpatterns]

urlpatterns = [
    path("admin/", include("portal.staff.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include(([api_index, *api], "api"))),
    *portal.pages.urls.plain_urlpatterns,
    *i18n_patterns(
        path("api/", ReferencePage.as_view(), name="api-reference"),
        path("api/<slug:plural>/", EndpointPage.as_view(), name="api-reference-kind"),
        path("search/", SearchPage.as_view(vocabulary=vocabulary), name="search"),
        path("search/suggest", SuggestView.as_view(), name="search-suggest"),
        path("", include("portal.pages.urls")),
        path("", include((region_pages, "regions"))),
        path("", include("policies.urls")),
        prefix_default_language=False,
    ),
]
