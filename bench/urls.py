"""The project's addresses, and in front of them the views it is compared with."""

from django.urls import path

from portal import urls as site

from .bare import bare
from .floors import PlainApi, PlainDetail, PlainList

handler400, handler403, handler404, handler500 = site.handler400, site.handler403, site.handler404, site.handler500

urlpatterns = [
    path("bench/bare/", bare, name="bench-bare"),
    path("bench/list/", PlainList.as_view(), name="bench-list"),
    path("bench/list/<slug:slug>/", PlainDetail.as_view(), name="bench-detail"),
    path("bench/api/", PlainApi.as_view(), name="bench-api"),
    *site.urlpatterns,
]
