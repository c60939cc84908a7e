"""What every text box of the admin refuses."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext as _

from portal.text.errors import TextError
from portal.text.folding import clean_text


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
