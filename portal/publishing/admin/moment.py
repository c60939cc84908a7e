"""Dates and times as the help texts write them: 2026-01-05, 09:00:00."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime, AdminTimeWidget
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ISO_DATE, ISO_TIME = "%Y-%m-%d", "%H:%M:%S"


def iso_date_box() -> AdminDateWidget:
    return AdminDateWidget(format=ISO_DATE)


class DateTimeBoxes(AdminSplitDateTime):
    def __init__(self, attrs: Any = None) -> None:
        forms.MultiWidget.__init__(self, [iso_date_box(), AdminTimeWidget(format=ISO_TIME)], attrs)


class AppearForm(forms.Form):
    """When what is published appears."""

    at = forms.SplitDateTimeField(
        label=_("公开时间"),
        required=False,
        widget=DateTimeBoxes,
        help_text=_("北京时间，例如 2027-01-01 09:00；现在就发布不用填。"),
    )

    def clean_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["at"]
        if at is not None and at <= timezone.now():
            raise forms.ValidationError(_("公开时间已经过了。现在就发布，请清空这一栏。"), code="past")
        return at


class ExactDateTime(forms.SplitDateTimeField):
    """The boxes show whole seconds; a moment that was not touched keeps its fraction."""

    stored: datetime | None = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "show_hidden_initial": False})

    def clean(self, value: Any) -> datetime | None:
        moment: datetime | None = super().clean(value)
        is_same = moment is not None and self.stored is not None and self.stored.replace(microsecond=0) == moment
        return self.stored if is_same else moment
