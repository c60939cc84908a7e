from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from policies.models import Policy
from portal.publishing.admin.versioned_form import EntryForm
from portal.text.document_number import DocumentNumber, parse_document_number
from portal.text.errors import TextError

NUMBER_COLUMNS = ("doc_code", "doc_year", "doc_seq")


class DocumentNumberInput(forms.CharField):
    """One box for a document number in any usual spelling."""

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, DocumentNumber) else value

    def clean(self, value: Any) -> DocumentNumber | None:
        text = super().clean(value)
        try:
            return parse_document_number(text) if text else None
        except TextError as error:
            raise ValidationError(str(error), code=error.code) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class PolicyForm(EntryForm):
    document_number = DocumentNumberInput(
        label=_("发文字号"),
        required=False,
        widget=AdminTextInputWidget,
        help_text=_("例如 渝府发〔2021〕1号；括号和空格怎么写都认得。填了就选“有文号”。"),
    )
    boxes = dict.fromkeys(NUMBER_COLUMNS, "document_number")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("document_number", self.instance.document_number)

    def clean(self) -> dict[str, Any]:
        """A number that is filled in is given, whatever stood in the box beside it by default."""
        cleaned = super().clean()
        if cleaned.get("document_number") and cleaned.get("doc_number_status") == Policy.NumberStatus.UNKNOWN:
            cleaned["doc_number_status"] = Policy.NumberStatus.GIVEN
        return cleaned

    def _prepare_instance(self) -> None:
        if "document_number" not in self.cleaned_data:
            return
        number = self.cleaned_data["document_number"]
        values = (number.code, number.year, number.seq) if number else ("", None, None)
        for name, value in zip(NUMBER_COLUMNS, values, strict=True):
            setattr(self.instance, name, value)
