"""Load a folder of sample content: checked as a whole, written in one transaction, or not at all."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from portal.ops.sample.checking import check_records
from portal.ops.sample.kinds import KINDS
from portal.ops.sample.plan import Plan
from portal.ops.sample.reading import read_records
from portal.ops.sample.record import Record
from portal.ops.sample.writing import Writer

FOLDER = Path(settings.BASE_DIR) / "portal" / "sample"
AUTHOR = "sample"
"""The account in whose name the sample is written; nobody can sign in with it. An entry whose last writer is somebody else
was edited by staff, and stays as they left it."""


def load_folder(folder: Path, *, overwrite: bool = False) -> Plan:
    """Bring the database to what the folder says; SampleError, with nothing written, when it cannot be done.

    `overwrite` also replaces what staff have edited since the last load.
    """
    return load_records(check_records(read_records(folder), folder), overwrite=overwrite)


def load_records(records: list[Record], *, overwrite: bool = False) -> Plan:
    """Write checked records in one transaction; SampleError when one of them is refused."""
    with transaction.atomic():
        author = get_user_model()._default_manager.filter(username=AUTHOR).first()
        plan = Plan(records, author_id=author.pk if author else None, overwrite=overwrite)
        if plan.written():
            Writer(plan, by=author or _new_author(), at=timezone.now()).write()
    return plan


def is_database_empty() -> bool:
    return not any(kind.model._base_manager.exists() for kind in KINDS)


def _new_author() -> Any:
    author = get_user_model()(username=AUTHOR, display_name="样例内容", is_active=False)
    author.set_unusable_password()
    author.save()
    return author
