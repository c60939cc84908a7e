from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.publishing.admin.versioned_form import EntryForm
from portal.text.amounts import Amount, parse_amount
from portal.text.errors import TextError
from regions.figure_audit.reading import NOTES


class FigureForm(EntryForm):
    """The number may be left empty: it is then read from the words of the source."""

    notes_stand = forms.BooleanField(
        label=gettext_lazy("现有说明已经回答"),
        required=False,
        help_text=gettext_lazy("页面上方还有待回答的问题、而已写好的说明不用改时勾选，例如说明里已经写了差额。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "value" in self.fields:
            value = self.fields["value"]
            value.required = False
            value.help_text = format_lazy("{} {}", value.help_text, gettext_lazy("留空就按“原文表述”读出数值和限定。"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        words = cleaned.get("as_published")
        if words and "value" in cleaned and cleaned["value"] is None:
            try:
                amount = parse_amount(words)
            except TextError as error:
                self.add_error("value", _("没有填数值，按原文也读不出来：%(why)s") % {"why": error})
            else:
                cleaned["value"], cleaned["qualifier"] = amount.value, amount.qualifier.value
        elif "value" in cleaned and cleaned["value"] is None:
            self.add_error("value", _("请填数值，或填原文表述。"))
        return cleaned

    def answering_notes(self) -> set[str]:
        """The notes that this saving writes anew, or lets stand as the answer."""
        return set(NOTES if self.cleaned_data.get("notes_stand") else NOTES & set(self.changed_data))

    def doubt(self) -> str | None:
        """What an editor should look at again, though it is not wrong by rule; one query for the indicator unless loaded."""
        figure = self.instance
        amount = _read(figure.as_published)
        if amount is None:
            return None
        if amount.value != figure.value:
            return _("已保存。请核对：原文“%(words)s”读作 %(read)s，填写的数值是 %(value)s。") % {
                "words": figure.as_published,
                "read": f"{amount.value:f}",
                "value": f"{figure.value.normalize():f}",
            }
        if amount.qualifier.value != figure.qualifier:
            return _("已保存。请核对：原文“%(words)s”的限定与选择的“%(chosen)s”不一致。") % {
                "words": figure.as_published,
                "chosen": figure.get_qualifier_display(),
            }
        if amount.unit and amount.unit != figure.indicator.unit:
            return _("已保存。请核对：原文的单位是“%(unit)s”，指标的单位是“%(own)s”。") % {
                "unit": amount.unit,
                "own": figure.indicator.unit,
            }
        return None


def _read(words: str) -> Amount | None:
    try:
        return parse_amount(words)
    except TextError:
        return None
