"""Lists, and the pages that need nothing but regions; `portal.pages.urls` adds the pages that compose other apps."""

from django.urls import path

from regions import views
from regions.csv_figures import FigureCsv

app_name = "regions"
urlpatterns = [
    path("regions/", views.RegionList.as_view(), name="list"),
    path("topics/", views.TopicList.as_view(), name="topics"),
    path("sources/", views.SourceList.as_view(), name="sources"),
    path("organisations/", views.OrganisationList.as_view(), name="organisations"),
    path("indicators/", views.IndicatorList.as_view(), name="indicators"),
    path("indicators/<slug:slug>/", views.IndicatorPage.as_view(), name="indicator"),
    path("figures/", views.FigureList.as_view(), name="figures"),
    path("events/", views.EventList.as_view(), name="events"),
    path("events/<slug:slug>/", views.EventPage.as_view(), name="event"),
    path("stories/", views.StoryList.as_view(), name="stories"),
    path("figures.csv", FigureCsv.as_view(), name="figures-csv"),
    path("photos/", views.PhotoList.as_view(), name="photos"),
]
