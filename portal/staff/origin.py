"""Where what is being written comes from: the request at work under `/admin/`, if there is one."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Origin:
    """`user` is None for whoever is not signed in, and for what the system does by itself."""

    request_id: str = ""
    address: str = ""
    user: Any = None

    @property
    def person(self) -> Any:
        return self.user if self.user is not None and self.user.is_authenticated else None


origin: ContextVar[Origin] = ContextVar("origin", default=Origin())  # noqa: B039 -- frozen
