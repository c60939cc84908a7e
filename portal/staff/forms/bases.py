"""Django's forms of accounts, which are generic for the type checker only, with guarded text boxes."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm, UserChangeForm

from portal.staff.models import User
from portal.staff.text_box import guard_text

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[User]
    BaseChangeForm = UserChangeForm[User]
    NewPasswordForm = SetPasswordForm[User]
else:
    ModelForm = forms.ModelForm
    BaseChangeForm = UserChangeForm
    NewPasswordForm = SetPasswordForm


class GuardedForm(ModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            guard_text(field)
