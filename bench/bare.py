"""The unit of the bench: a view that answers a constant page of the size of a list page."""

from django.http import HttpRequest, HttpResponse

PAGE = b"<!doctype html><title>bare</title>".ljust(16_800, b".")


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PAGE)
