"""The file of an attachment follows its rows: there while one of them is, gone when the last one is."""

import io

import pytest
from django.db import transaction

from policies.models import Policy
from portal.media.document import read_document
from portal.publishing.lifecycle import delete_entry
from regions.attachments import kept_document
from regions.models import Attachment
from tests.factories import make_policy, make_programme, make_service
from tests.media.documents import pdf_bytes

from .making import attach

pytestmark = pytest.mark.django_db(transaction=True)


class UndoneError(Exception):
    """Raised by the tests to roll back."""


def names(*rows):
    return {f"{row.sha256}.{row.kind}" for row in rows}


def copy_of(row, entry):
    copy = Attachment.objects.get(pk=row.pk)
    copy.pk, copy._state.adding, copy.entry = None, True, entry
    copy.save()
    return copy


def replace(row, text):
    with kept_document(row, read_document(io.BytesIO(pdf_bytes(text)), name="new.pdf")):
        row.save()


def test_a_file_is_kept_with_its_row(kept):
    row = attach(make_policy())

    assert kept() == names(row)
    assert (row.kind, row.size, row.original, len(row.sha256)) == ("pdf", len(pdf_bytes("申请表")), "upload.pdf", 64)


def test_a_row_that_is_not_written_leaves_no_file(kept):
    policy = make_policy()

    with pytest.raises(UndoneError), transaction.atomic():  # noqa: PT012 -- the error must come after the upload
        attach(policy)
        raise UndoneError

    assert (kept(), Attachment.objects.count()) == (set(), 0)


def test_a_save_point_that_is_rolled_back_leaves_no_file(kept):
    policy = make_policy()

    with transaction.atomic():
        first = attach(policy, "one")
        with transaction.atomic():
            attach(policy, "two")
            transaction.set_rollback(True)

    assert kept() == names(first)


def test_a_row_the_database_refuses_leaves_the_file_of_the_other(kept):
    policy = make_policy()
    row = attach(policy)

    with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
        attach(policy)

    assert kept() == names(row)


def test_replacing_removes_the_old_file_after_the_commit(kept):
    row = attach(make_policy(), "old")
    before = names(row)

    with transaction.atomic():
        replace(row, "new")
        assert kept() == before | names(row)

    assert kept() == names(row) != before


def test_replacing_that_is_rolled_back_keeps_the_old_file(kept):
    row = attach(make_policy(), "old")
    before = names(row)

    with transaction.atomic():
        replace(row, "new")
        transaction.set_rollback(True)

    assert kept() == before


def test_replacing_by_the_same_file_keeps_it(kept):
    row = attach(make_policy(), "old")

    replace(row, "old")

    assert kept() == names(row)


def test_deleting_a_row_removes_its_file_after_the_commit(kept):
    row = attach(make_policy())

    with transaction.atomic():
        row.delete()
        assert kept() == names(row)

    assert kept() == set()


def test_a_deletion_that_is_rolled_back_keeps_the_file(kept):
    row = attach(make_policy())

    with transaction.atomic():
        delete_entry(Policy.objects.get())
        transaction.set_rollback(True)

    assert (kept(), Attachment.objects.count()) == (names(row), 1)


@pytest.mark.parametrize("make", [make_policy, make_service, make_programme])
def test_deleting_an_entry_removes_its_files(kept, make):
    entry = make()
    attach(entry, "one")
    attach(entry, "two", kind="docx")

    delete_entry(entry)

    assert (kept(), Attachment.objects.count()) == (set(), 0)


def test_deleting_an_entry_removes_the_files_of_its_working_copies(kept):
    policy = make_policy()
    copy = Policy.objects.get()
    copy.pk, copy._state.adding, copy.copy_of_id = None, True, policy.pk
    copy.save()
    attach(copy, "only on the copy")

    delete_entry(policy)

    assert (kept(), Policy.objects.count(), Attachment.objects.count()) == (set(), 0, 0)


def test_a_file_that_a_copy_shares_stays_until_the_last_row_goes(kept):
    first, second = make_policy(), make_service()
    row = attach(first)
    copy = copy_of(row, second)

    delete_entry(first)
    assert kept() == names(row)
    replace(copy, "new")
    assert kept() == names(copy)
    delete_entry(second)
    assert kept() == set()
