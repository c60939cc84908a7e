"""Files are written whole or not at all, and only their creator takes them back."""

import os
import resource
import stat

import pytest

from portal.media.storage import discard, open_rendition, store_picture

from .stock import OTHER, PICTURE, files, names


def test_store_writes_every_file_once(media):
    first, second = store_picture(PICTURE), store_picture(PICTURE)

    assert files(media) == names(PICTURE)
    assert sorted(file.name for file in first.created) == names(PICTURE)
    assert second.created == ()
    assert (media / "originals" / first.original).read_bytes() == PICTURE.original


def test_files_are_not_readable_by_everybody(media, settings):
    store_picture(PICTURE)

    modes = {stat.S_IMODE(path.stat().st_mode) for path in media.rglob("*") if path.is_file()}
    assert modes == {settings.FILE_UPLOAD_PERMISSIONS}


def test_damaged_file_is_written_again(media):
    torn = media / "originals" / store_picture(PICTURE).original
    torn.write_bytes(PICTURE.original[:100])

    again = store_picture(PICTURE)

    assert torn.read_bytes() == PICTURE.original
    assert again.created == ()


def test_discard_removes_what_was_created_and_nothing_else(media):
    store_picture(OTHER)

    discard(store_picture(PICTURE).created)

    assert files(media) == names(OTHER)


def test_discard_leaves_a_file_claimed_by_another_upload(media):
    first = store_picture(PICTURE)
    store_picture(PICTURE)

    discard(first.created)

    assert files(media) == names(PICTURE)


def test_discard_of_missing_files_is_silent(media):
    first = store_picture(PICTURE)
    discard(first.created)

    discard(first.created)

    assert files(media) == []


def test_failed_write_leaves_nothing(media):
    (media / "renditions").write_text("a file where the folder should be")

    with pytest.raises(OSError, match="renditions"):
        store_picture(PICTURE)

    assert files(media) == ["renditions"]


def test_full_disk_leaves_nothing(media):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(PICTURE.original) - 1, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            store_picture(PICTURE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert files(media) == []


def test_file_system_without_links_works_too(media, monkeypatch):
    def refuse(*arguments, **options):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)

    first = store_picture(PICTURE)
    second = store_picture(PICTURE)
    assert (files(media), second.created) == (names(PICTURE), ())
    discard(first.created)
    assert files(media) == names(PICTURE)


def test_rendition_opens_with_its_type_and_size():
    store_picture(PICTURE)
    opened = {}

    for rendition in PICTURE.renditions:
        file, content_type, size = open_rendition(rendition.name)
        with file:
            opened[rendition.name] = (content_type, size, file.read())

    assert opened == {
        rendition.name: (f"image/{rendition.format}", len(rendition.content), rendition.content)
        for rendition in PICTURE.renditions
    }


@pytest.mark.parametrize("name", ["../originals/x.jpg", f"{PICTURE.sha256}.jpg", f"{'0' * 24}-320.webp", ""])
def test_other_names_open_nothing(name):
    store_picture(PICTURE)

    with pytest.raises(FileNotFoundError):
        open_rendition(name)
