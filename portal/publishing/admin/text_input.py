"""What every text box of the admin refuses, and the inputs that read text of a kind."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext as _

from portal.text.errors import TextError
from portal.text.folding import clean_text
from portal.text.partial_date import PartialDate, parse_partial_date


class Textarea(AdminTextareaWidget):
    """Browsers send CR LF for a new line; it is stored, compared and counted as LF."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


def refuse_hidden_characters(value: Any) -> None:
    try:
        clean_text(str(value), limit=len(str(value)))
    except TextError as error:
        raise ValidationError(str(error), code=error.code) from error


def refuse_line_breaks(value: Any) -> None:
    if any(character in str(value) for character in "\r\n\t"):
        raise ValidationError(_("这里只能写一行，请去掉换行和制表符。"), code="line_break")


def guard_text(field: forms.Field) -> None:
    """Make a text field refuse controls, bidirectional overrides and lone surrogates, and a one-line box line breaks."""
    if not isinstance(field, forms.CharField) or isinstance(field.widget, forms.PasswordInput):
        return
    kept = [check for check in field.validators if not isinstance(check, ProhibitNullCharactersValidator)]
    own = (
        [refuse_hidden_characters] if isinstance(field.widget, forms.Textarea) else [refuse_hidden_characters, refuse_line_breaks]
    )
    field.validators = [*own, *kept]


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
