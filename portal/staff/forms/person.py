"""The forms with which superusers add and change people."""

from typing import Any

from django.contrib.auth.forms import UsernameField

from portal.staff.forms.bases import BaseChangeForm, GuardedForm
from portal.staff.models import User


class PersonChangeForm(GuardedForm, BaseChangeForm):
    pass


class InviteForm(GuardedForm):
    """A new person has no password: the invitation is how to set one."""

    class Meta:
        model = User
        fields = ("username", "display_name", "email", "region", "language", "groups")
        field_classes = {"username": UsernameField}

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit=False)
        user.is_staff = True
        user.set_unusable_password()
        if commit:
            user.save()
            self.save_m2m()
        return user

    def clean_email(self) -> Any:
        return self.cleaned_data["email"].strip()
