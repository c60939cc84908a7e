"""The two kinds of place files are kept in."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.storage import FileSystemStorage

from portal.media.shelf import FileShelf, Shelf

from .stock import files


def test_storage_other_than_a_directory_is_served_the_same(tmp_path):
    shelf = Shelf(FileSystemStorage(tmp_path))

    receipts = [shelf.put("a.jpg", content) for content in (b"one", b"one", b"two")]

    assert receipts == [0, None, None]
    assert (tmp_path / "a.jpg").read_bytes() == b"two"
    shelf.remove("a.jpg", is_used=lambda: True)
    assert files(tmp_path) == ["a.jpg"]
    answers = iter([False, True])
    shelf.remove("a.jpg", is_used=lambda: next(answers))
    assert files(tmp_path) == ["a.jpg"]
    shelf.take_back("a.jpg", 0)
    assert files(tmp_path) == []


def test_concurrent_uploads_of_one_picture_have_one_creator(tmp_path):
    shelf = FileShelf(FileSystemStorage(tmp_path))

    for turn in range(20):
        with ThreadPoolExecutor(8) as pool:
            receipts = list(pool.map(shelf.put, [f"{turn}.jpg"] * 8, [b"same"] * 8))
        assert len([receipt for receipt in receipts if receipt is not None]) == 1

    assert files(tmp_path) == sorted(f"{turn}.jpg" for turn in range(20))


@pytest.mark.parametrize("kind", [FileShelf, Shelf])
def test_file_is_put_back_when_the_question_of_its_use_fails(kind, tmp_path):
    shelf = kind(FileSystemStorage(tmp_path))
    shelf.put("a.jpg", b"one")
    answers = iter([False])

    with pytest.raises(StopIteration):
        shelf.remove("a.jpg", is_used=lambda: next(answers))

    assert files(tmp_path) == ["a.jpg"]
    assert (tmp_path / "a.jpg").read_bytes() == b"one"
