"""The forms with which superusers add and change people."""

from typing import Any

from django import forms
from django.contrib.auth.forms import UsernameField
from django.utils.translation import gettext_lazy as _

from portal.staff.duties import Duty, duty_of, give_duty
from portal.staff.forms.bases import BaseChangeForm, GuardedForm
from portal.staff.models import User

HELP = {
    "email": _("邀请和重设密码的链接会发到这里，例如“wang@example.gov.cn”；没有就留空。"),
    "groups": _("组是另外定好的一批权限，加在上面选的之外；一般不用选。"),
}


class DutyForm(GuardedForm):
    """A person's columns, and what they may do."""

    duty = forms.ChoiceField(
        label=_("可以做什么"),
        choices=Duty.choices,
        widget=forms.RadioSelect,
        help_text=_("写稿、录数据的人选“编辑”。只在本人负责的地区有效；超级用户不受此限。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = duty_of(self.instance) if self.instance.pk else Duty.EDIT
        self.initial.setdefault("duty", current.value)
        if current is not Duty.OTHER:
            self.fields["duty"].choices = [one for one in Duty.choices if one[0] != Duty.OTHER]  # type: ignore[attr-defined]  # -- of a ChoiceField
        for name in HELP.keys() & self.fields.keys():
            self.fields[name].help_text = HELP[name]

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]  # -- Django's hook for what is written after the row
        give_duty(self.instance, Duty(self.cleaned_data["duty"]))


class PersonChangeForm(DutyForm, BaseChangeForm):
    pass


class InviteForm(DutyForm):
    """A new person has no password: the invitation is how to set one."""

    class Meta:
        model = User
        fields = ("username", "display_name", "email", "region", "language")
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
