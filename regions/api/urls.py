from django.urls import URLPattern

from regions.api import figures, indicators, organisations, photos, regions, sources, topics

urlpatterns: list[URLPattern] = [
    *topics.urlpatterns,
    *sources.urlpatterns,
    *organisations.urlpatterns,
    *indicators.urlpatterns,
    *figures.urlpatterns,
    *photos.urlpatterns,
    *regions.urlpatterns,
]
