from django.urls import URLPattern

from regions.api import events, figures, indicators, organisations, photos, regions, sources, stories, topics

urlpatterns: list[URLPattern] = [
    *topics.urlpatterns,
    *sources.urlpatterns,
    *organisations.urlpatterns,
    *indicators.urlpatterns,
    *figures.urlpatterns,
    *photos.urlpatterns,
    *events.urlpatterns,
    *stories.urlpatterns,
    *regions.urlpatterns,
]
