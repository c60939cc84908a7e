from datetime import date, datetime
from typing import Any, NamedTuple

from django.apps import apps
from django.urls import reverse


class Task(NamedTuple):
    """One line of a task list: a row of content, or an item of a submission where `submission` is set."""

    type: str
    key: int
    title: str
    region: str
    rank: int
    when: datetime | date | None
    note: str
    who: str
    submission: int

    @property
    def type_name(self) -> str:
        return str(self._options.verbose_name)

    @property
    def url(self) -> str:
        if self.submission:
            return f"{reverse('admin:submission', args=[self.submission])}#item-{self.key}"
        return reverse(f"admin:{self._options.app_label}_{self._options.model_name}_change", args=[self.key])

    @property
    def _options(self) -> Any:
        return apps.get_model(self.type)._meta
