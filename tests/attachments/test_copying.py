"""A copied entry shares the files of its documents, and each outlives the other."""

import pytest

from portal.publishing.copying import copy_entry
from portal.publishing.lifecycle import delete_entry
from tests.factories import make_policy, make_programme, make_service, make_topic

from .making import attach

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("make", [make_policy, make_service, make_programme])
def test_a_copy_shares_the_file_until_both_are_gone(kept, root, make):
    entry = make(topics=[make_topic()])
    row = attach(entry)

    copy = copy_entry(entry, by=root.user)

    shared = copy.attachments.get()
    assert (shared.sha256, shared.title, shared.uid == row.uid) == (row.sha256, row.title, False)
    delete_entry(entry)
    assert kept() == {f"{row.sha256}.pdf"}
    delete_entry(copy)
    assert kept() == set()
