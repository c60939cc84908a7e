from typing import Any

from django.utils.translation import gettext as _


class RefusedError(Exception):
    """A step that may not be taken; the text is a sentence for staff, and nothing was written."""


class UnfinishedError(RefusedError):
    """The gate found something missing or wrong: `findings`, by entry."""

    def __init__(self, findings: dict[Any, list[Any]]) -> None:
        self.findings = findings
        lines = [f"{entry}：{finding.sentence}" for entry, found in findings.items() for finding in found]
        super().__init__(_("还不能送审或发布：%(what)s") % {"what": " ".join(lines)})
