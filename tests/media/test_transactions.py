"""Files follow their row: kept when it commits, gone when it does not, removed only after its deletion commits."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from portal.media.storage import remove_on_commit, store_picture, stored

from .stock import OTHER, PICTURE, files, names

pytestmark = pytest.mark.django_db(transaction=True)


class UndoneError(Exception):
    """Raised by the tests to roll back."""


def upload(picture):
    with stored(picture):
        pass


def upload_in_its_own_connection(picture):
    upload(picture)
    connection.close()


def test_commit_keeps_the_files(media):
    with transaction.atomic(), stored(PICTURE) as kept:
        assert files(media) == names(PICTURE)

    assert kept.sha256 == PICTURE.sha256
    assert files(media) == names(PICTURE)


def test_without_a_transaction_the_files_are_kept(media):
    upload(PICTURE)

    assert files(media) == names(PICTURE)


def test_raising_block_removes_the_files(media):
    with pytest.raises(UndoneError), transaction.atomic(), stored(PICTURE):
        raise UndoneError

    assert files(media) == []


def test_later_error_removes_the_files(media):
    store_picture(OTHER)

    with pytest.raises(UndoneError), transaction.atomic():  # noqa: PT012 -- the error must come after the upload
        upload(PICTURE)
        upload(OTHER)
        raise UndoneError

    assert files(media) == names(OTHER)


def test_quiet_rollback_removes_the_files(media):
    with transaction.atomic():
        upload(PICTURE)
        transaction.set_rollback(True)

    assert files(media) == []


def test_savepoint_rollback_removes_only_its_files(media):
    with transaction.atomic():
        upload(OTHER)
        with transaction.atomic():
            upload(PICTURE)
            transaction.set_rollback(True)
        assert files(media) == names(OTHER)

    assert files(media) == names(OTHER)


def test_rollback_leaves_a_picture_committed_meanwhile(media):
    with transaction.atomic():
        upload(PICTURE)
        with ThreadPoolExecutor(1) as elsewhere:
            elsewhere.submit(upload_in_its_own_connection, PICTURE).result()
        transaction.set_rollback(True)

    assert files(media) == names(PICTURE)


def test_removal_waits_for_the_commit(media):
    store_picture(PICTURE)

    with transaction.atomic():
        remove_on_commit(PICTURE.sha256, PICTURE.width, is_used=lambda: False)
        assert files(media) == names(PICTURE)

    assert files(media) == []


def test_rolled_back_removal_keeps_the_files(media):
    store_picture(PICTURE)

    with transaction.atomic():
        remove_on_commit(PICTURE.sha256, PICTURE.width, is_used=lambda: False)
        transaction.set_rollback(True)

    assert files(media) == names(PICTURE)


def test_removal_leaves_files_another_row_uses(media):
    store_picture(PICTURE)

    remove_on_commit(PICTURE.sha256, PICTURE.width, is_used=lambda: True)

    assert files(media) == names(PICTURE)


def test_removal_puts_back_a_file_that_came_into_use(media):
    original = store_picture(PICTURE).original
    uses = []

    def is_used():
        uses.append(not (media / "originals" / original).exists())
        return uses[-1]

    remove_on_commit(PICTURE.sha256, PICTURE.width, is_used=is_used)

    assert uses[0] is False
    assert (media / "originals" / original).read_bytes() == PICTURE.original
    assert [name for name in files(media) if name not in names(PICTURE)] == []


def test_commit_writes_again_what_a_removal_took(media):
    with transaction.atomic(), stored(PICTURE) as kept:
        (media / "originals" / kept.original).unlink()

    assert files(media) == names(PICTURE)
