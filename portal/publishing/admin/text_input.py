"""The inputs that read text of a kind."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError

from portal.text.errors import TextError
from portal.text.partial_date import PartialDate, parse_partial_date


class Textarea(AdminTextareaWidget):
    """Browsers send CR LF for a new line; it is stored, compared and counted as LF."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


class PartialDateInput(forms.CharField):
    """One box for a date known to the year, half-year, quarter, month or day."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", AdminTextInputWidget(attrs={"class": "partial-date", "size": "20"}))
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, PartialDate) else value

    def clean(self, value: Any) -> PartialDate | None:
        text = super().clean(value)
        try:
            return parse_partial_date(text) if text else None
        except TextError as error:
            raise ValidationError(str(error), code=error.code) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)
