from django.urls import URLPattern

from policies.api import benefits, policies, programmes, services

urlpatterns: list[URLPattern] = [
    *policies.urlpatterns,
    *benefits.urlpatterns,
    *services.urlpatterns,
    *programmes.urlpatterns,
]
