from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.pages.home import home_context
from portal.web.public_view import PublicView


class HomePage(PublicView):
    """Six queries: version, regions, key figures, pictures, policies, needs with the newest stories."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "pages/home.html", home_context())


class SitemapPage(PublicView):
    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "pages/sitemap.html")


class StylePage(PublicView):
    """Every part of the pages with the content there is; while developing only."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "pages/style.html", home_context())
