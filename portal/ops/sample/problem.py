from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in the sample, and where; `record` and `field` are empty when the whole file or record is meant."""

    file: str
    record: str
    field: str
    reason: str

    def __str__(self) -> str:
        return " › ".join(part for part in (self.file, self.record, self.field) if part) + f"：{self.reason}"


class SampleError(Exception):
    """The sample cannot be loaded; nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


def problems_of(error: ValidationError, file: str, record: str, prefix: str = "") -> list[Problem]:
    """One problem a message; a message about the whole row has the prefix alone as its field."""
    if not hasattr(error, "error_dict"):
        return [Problem(file, record, prefix, message) for message in error.messages]
    return [
        Problem(file, record, ".".join(part for part in (prefix, name if name != NON_FIELD_ERRORS else "") if part), message)
        for name, messages in error.message_dict.items()
        for message in messages
    ]
