"""The forms with which site administrators add and change people."""

from typing import Any

from django.contrib.auth.forms import UsernameField
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.staff.administrators import is_last_administrator
from portal.staff.forms.bases import BaseChangeForm, GuardedForm
from portal.staff.models import User

EMAIL_HELP = gettext_lazy("邀请和重设密码的链接会发到这里，例如“wang@example.gov.cn”；没有就留空。")


class PersonForm(GuardedForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = EMAIL_HELP


class PersonChangeForm(PersonForm, BaseChangeForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        stays = all(cleaned.get(name, getattr(self.instance, name)) for name in ("is_superuser", "is_active", "is_staff"))
        if not stays and is_last_administrator(self.instance):
            raise ValidationError(_("这是最后一个能登录的网站管理员，不能停用，也不能取消。请先指定另一位。"), code="last")
        return cleaned


class InviteForm(PersonForm):
    """A new person has no password: the invitation is how to set one."""

    class Meta:
        model = User
        fields = ("username", "display_name", "email", "language")
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
