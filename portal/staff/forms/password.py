"""The forms of people who set a password by a link."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordResetForm
from django.utils.translation import gettext_lazy as _

from portal.staff.forms.bases import NewPasswordForm
from portal.staff.links import reset_link
from portal.staff.mail import mail_reset
from portal.staff.models import User
from portal.staff.models.user import LANGUAGE_CHOICES


class ResetForm(PasswordResetForm):
    """Writes to whoever may sign in and has this address; the page says the same whether anybody has."""

    def get_users(self, email: str) -> Iterable[Any]:
        return (user for user in super().get_users(email) if user.is_staff)

    def save(self, *_args: Any, **_options: Any) -> None:
        for user in self.get_users(self.cleaned_data["email"]):
            mail_reset(user, reset_link(user))


class WelcomeForm(NewPasswordForm):
    language = forms.ChoiceField(label=_("后台语言"), choices=LANGUAGE_CHOICES, help_text=_("以后可以在“我的账号”里改。"))

    def save(self, commit: bool = True) -> User:
        self.user.language = self.cleaned_data["language"]
        return super().save(commit)
