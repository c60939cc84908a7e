from django.conf import settings
from django.urls import path

from portal.pages import entry_pages, health, views
from portal.pages.attachment import AttachmentFile
from portal.pages.media import media
from portal.pages.preview import linked_file, linked_page
from portal.pages.region_page import RegionPage
from portal.pages.story_page import StoryPage

app_name = "pages"
urlpatterns = [
    path("", views.HomePage.as_view(), name="home"),
    path("sitemap/", views.SitemapPage.as_view(), name="sitemap"),
]
if settings.DEBUG:
    urlpatterns.append(path("style/", views.StylePage.as_view(), name="style"))

region_urlpatterns = [
    path("regions/<slug:slug>/", RegionPage.as_view(), name="region"),
    path("topics/<slug:slug>/", entry_pages.TopicPage.as_view(), name="topic"),
    path("sources/<slug:slug>/", entry_pages.SourcePage.as_view(), name="source"),
    path("organisations/<slug:slug>/", entry_pages.OrganisationPage.as_view(), name="organisation"),
    path("figures/<slug:slug>/", entry_pages.FigurePage.as_view(), name="figure"),
    path("stories/<slug:slug>/", StoryPage.as_view(), name="story"),
    path("photos/<slug:slug>/", entry_pages.PhotoPage.as_view(), name="photo"),
]
"""Pages of entries of `regions` that show entries of other apps too; they answer to the names of that app."""

plain_urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("media/<str:name>", media, name="media"),
    path("files/<str:name>", AttachmentFile.as_view(), name="attachment"),
    path("preview/<str:token>/", linked_page, name="preview-link"),
    path("preview/<str:token>/files/<str:name>", linked_file, name="preview-link-file"),
]
"""Addresses without a language."""
