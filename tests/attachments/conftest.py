from pathlib import Path

import pytest
from django.core.files.storage import storages

from tests.admin.conftest import editor, qijiang, root, undrawn, xiushan

__all__ = ["editor", "qijiang", "root", "undrawn", "xiushan"]


@pytest.fixture
def drawn():
    """For tests that read the page itself."""


@pytest.fixture
def kept():
    """Names of the files of attachments there are."""

    def names():
        folder = Path(storages["attachments"].location)
        return {file.name for file in folder.iterdir()} if folder.is_dir() else set()

    return names
