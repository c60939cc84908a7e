from django.urls import URLPattern, path

from portal.api.viewset import DetailEndpoint, ListEndpoint


def routes(plural: str, listing: type[ListEndpoint], detail: type[DetailEndpoint]) -> list[URLPattern]:
    """The two addresses of a type, named `<plural>` and `<plural>-detail`."""
    return [
        path(f"{plural}/", listing.as_view(), name=plural),
        path(f"{plural}/<slug:slug>/", detail.as_view(), name=f"{plural}-detail"),
    ]
