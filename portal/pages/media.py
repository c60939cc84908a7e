from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from portal.media.renditions import STEM_LENGTH, parse_rendition_name
from portal.media.storage import open_rendition
from regions.models import Photo

HASH_LENGTH = 64


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """A rendition, while a published photo has its hash; masters are never served."""
    parts = parse_rendition_name(name)
    if parts is None or not Photo.objects.published().filter(**_hash_begins(parts.stem)).exists():
        raise Http404
    try:
        found = open_rendition(name)
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(found.file, content_type=found.content_type, headers={"Content-Length": str(found.size)})


def _hash_begins(stem: str) -> dict[str, str]:
    """A range instead of LIKE, so that the index on the hash serves on every database."""
    rest = HASH_LENGTH - STEM_LENGTH
    return {"sha256__gte": stem + "0" * rest, "sha256__lte": stem + "f" * rest}
