"""Pictures come in safely, follow their row, and are seen before publication only by those who edit them."""

import io
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from portal.media.renditions import rendition_names
from regions.models import Photo
from tests.admin.browser import errors_of, take_roles
from tests.admin.pictures import picture_bytes, upload
from tests.factories import make_photo, make_region

GIVEN = {"slug": "tower", "caption": "电商大厦", "alt": "一座高楼", "credit": "区委组织部提供"}


def add(browser, picture, **values):
    return browser.add(Photo, **GIVEN, region=make_region().pk, picture=picture, **values)


def files():
    folders = [Path(storages[alias].location) for alias in ("originals", "renditions")]
    return {file.name for folder in folders if folder.is_dir() for file in folder.iterdir()}


def files_of(photo):
    return {photo.original, *rendition_names(photo.sha256, photo.width)}


@pytest.fixture
def photo(root, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = add(root, upload())
    assert response.status_code == 302, errors_of(response)
    return Photo.objects.get()


def test_an_upload_is_kept_with_its_row(photo):
    assert (photo.width, photo.height, len(photo.sha256)) == (400, 300, 64)
    assert files() == files_of(photo)


def test_an_upload_is_required_for_a_new_photo_only(root, photo):
    response = root.add(Photo, **GIVEN | {"slug": "other"}, region=make_region().pk)

    assert list(errors_of(response)) == ["picture"]
    assert root.edit(photo, caption="另一句说明").status_code == 302


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG"),
        (b"<!doctype html><script>alert(1)</script>", "网页"),
        (b"%PDF-1.7", "PDF"),
        (b"GIF89a", "GIF"),
        (b"not a picture at all", "认不出"),
        (picture_bytes()[:2000], "不完整"),
        (picture_bytes() + b"<script>alert(1)</script>" * 9, "夹带"),
        (picture_bytes(size=(8, 8)), "太小"),
    ],
)
def test_a_hostile_upload_is_a_sentence_and_leaves_no_file(root, content, words):
    response = add(root, SimpleUploadedFile("猫.jpg", content, "image/jpeg"))

    found = errors_of(response)
    assert list(found) == ["picture"]
    assert words in found["picture"][0]
    assert (Photo.objects.count(), files()) == (0, set())


def test_no_file_is_kept_when_another_box_is_wrong(root):
    response = root.add(Photo, **GIVEN | {"taken_on": "去年"}, region=make_region().pk, picture=upload())

    assert list(errors_of(response)) == ["taken_on"]
    assert files() == set()


def test_replacing_the_picture_removes_the_old_files(root, photo, django_capture_on_commit_callbacks):
    old = files()

    with django_capture_on_commit_callbacks(execute=True):
        response = root.edit(photo, picture=upload("#b3392f"))

    photo.refresh_from_db()
    assert response.status_code == 302, errors_of(response)
    assert files() == files_of(photo)
    assert not files() & old


def test_deleting_a_photo_removes_its_files(root, photo, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        root.delete(photo)

    assert (Photo.objects.count(), files()) == (0, set())


def test_files_another_photo_shows_stay(root, photo, django_capture_on_commit_callbacks):
    make_photo(sha256=photo.sha256, original=photo.original, width=photo.width, height=photo.height)

    with django_capture_on_commit_callbacks(execute=True):
        root.delete(photo)

    assert files() == files_of(photo)


@pytest.mark.django_db(transaction=True)
def test_files_of_a_save_that_fails_are_taken_back(root, photo, monkeypatch):
    kept = files()
    monkeypatch.setattr("django.contrib.admin.ModelAdmin.log_change", _fail)

    with pytest.raises(RuntimeError, match="the disk is full"):
        root.edit(photo, picture=upload("#b3392f"))

    assert files() == kept
    assert Photo.objects.get().sha256 == photo.sha256


def _fail(*args, **options):
    raise RuntimeError("the disk is full")


def preview(browser, photo, width=320, name=None):
    return browser.get(f"/admin/regions/photo/{name or photo.pk}/preview/{width}.webp")


def test_an_unpublished_picture_is_previewed_by_its_editors(editor, photo):
    response = preview(editor, photo)

    assert Image.open(io.BytesIO(b"".join(response.streaming_content))).size == (320, 240)
    assert (response["Content-Type"], response["Cache-Control"]) == ("image/webp", "private, no-store")


def test_nobody_else_previews_it(root, editor, photo, xiushan, client):
    Photo.objects.update(region=xiushan)

    assert preview(editor, photo).status_code == 404
    assert client.get(f"/admin/regions/photo/{photo.pk}/preview/320.webp").status_code == 302
    take_roles(editor.user)
    assert preview(editor, photo).status_code == 403


def test_other_addresses_show_nothing(root, photo):
    tried = [(640, None), (0, None), (321, None), (99999999999, None), (320, f"0{photo.pk}"), (320, "999999"), (320, "１")]

    assert [preview(root, photo, width, name).status_code for width, name in tried] == [404] * len(tried)
