"""Uploaded pictures and the rows that name them: files first, row after, removed again when the row is not written."""

from collections.abc import Iterator
from contextlib import contextmanager

from portal.media.picture import Picture
from portal.media.storage import remove_on_commit, stored
from regions.models import Photo


def describe(photo: Photo, picture: Picture) -> None:
    """Set the columns that follow from the picture."""
    photo.sha256, photo.width, photo.height = picture.sha256, picture.width, picture.height
    photo.original = picture.original_name


@contextmanager
def kept_picture(photo: Photo, picture: Picture) -> Iterator[None]:
    """Store a picture for the block that saves its row; what the row showed before is removed after the commit."""
    before = Photo._base_manager.filter(pk=photo.pk).values_list("sha256", "width").first()
    with stored(picture):
        describe(photo, picture)
        yield
    if before and before[0] and before[0] != picture.sha256:
        _release(*before)


def release_picture(photo: Photo) -> None:
    """Remove a deleted photo's files after the commit, unless another row shows the same picture."""
    if photo.sha256:
        _release(photo.sha256, photo.width)


def _release(sha256: str, width: int) -> None:
    remove_on_commit(sha256, width, is_used=lambda: Photo._base_manager.filter(sha256=sha256).exists())
